export [{a: 1}] csv through "cat > /dev/null; exit 4"
