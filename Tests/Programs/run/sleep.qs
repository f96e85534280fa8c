# sleep waits for some time, and takes a duration.
let before = now()
sleep 20ms
print now() - before >= 20ms
try { sleep -1s } catch e { print e.code }
