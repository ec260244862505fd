"""What the sources do not say, and open notes on them."""
