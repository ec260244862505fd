"""What all figures share: type, colours, axes, boxes, rows, and what is drawn or said."""
