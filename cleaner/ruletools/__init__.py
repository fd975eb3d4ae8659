"""What people do with rules: look at them, judge what they would change, write one, find what one might be written for."""
