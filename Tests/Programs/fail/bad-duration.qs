sleep 5 minutes
sleep 5y
