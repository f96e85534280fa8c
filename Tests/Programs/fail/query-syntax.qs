dataset orders = "orders.csv"
let j = run """
    select id,
           regoin, from
    from orders
    """
export j csv
