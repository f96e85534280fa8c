proc last_text {n} {
    set text ""
    for {set i 1} {$i <= $n} {incr i} { set text "order $i of $n: [expr {$i * 3}] items" }
    return $text
}
puts [last_text 1000000]
