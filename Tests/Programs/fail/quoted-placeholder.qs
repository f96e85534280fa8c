save one as "select '{{n}}' as n"
