"""The demo's two companies: their people, and a year's story told in the past through the product's own actions."""
