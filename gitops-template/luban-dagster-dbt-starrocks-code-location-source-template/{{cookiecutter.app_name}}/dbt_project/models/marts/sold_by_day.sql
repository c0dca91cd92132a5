select
    ordered_on,
    count(*) as orders,
    sum(cents) as cents
from {% raw %}{{ ref('stg_orders') }}{% endraw %}
group by ordered_on
