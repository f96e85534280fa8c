proc total {n} {
    set sum 0
    for {set i 1} {$i <= $n} {incr i} { set sum [expr {$sum + $i}] }
    return $sum
}
puts [total 10000000]
