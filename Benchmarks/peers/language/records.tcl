proc orders {n} {
    set all {}
    for {set i 1} {$i <= $n} {incr i} {
        lappend all [dict create id $i name "n[expr {$i % 100}]" amount [expr {$i * 2}]]
    }
    return $all
}
set sum 0
foreach order [orders 1000000] { incr sum [dict get $order amount] }
puts $sum
