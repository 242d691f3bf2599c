"""How often something public of reviews may be tried."""

from organizations.rules.rates import Rate

# A whole department may sit behind one address; a guesser needs far more.
FEEDBACK_LINK = Rate("feedback-link", 60, 600)
