"""Goals and the measures below them."""
