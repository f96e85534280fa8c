# A saved query keeps its text, its dataset and a description; saved again it is a new version.
dataset orders = "orders.csv"
save big as "select id from dataset where quantity >= {{least}} order by id" on orders describe "large orders"
print (run big with least=7)[0].id
save big as """
    select id, quantity from dataset
    where quantity >= {{least}} order by id
    """ on orders
queries | select name, parameters, dataset, description, version | show
run big with least=12 | show
forget big
try { run big with least=1 } catch e { print e.code }
