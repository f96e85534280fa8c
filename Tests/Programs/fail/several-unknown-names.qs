exprot x csv
print missing
show orders | tke 3
run q wiht a=1
