"""What is measured: graphmem, and the rivals it is compared with."""
