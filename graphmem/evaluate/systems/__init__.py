"""What is measured: graphmem, and the baselines it is compared with."""
