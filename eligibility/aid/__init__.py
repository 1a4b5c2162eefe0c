"""Aid received: which awards count on a day, the headroom they leave, and what a soft loan is worth."""
