select
    id as order_id,
    ordered_on,
    item,
    cents
from {% raw %}{{ ref('raw_orders') }}{% endraw %}
