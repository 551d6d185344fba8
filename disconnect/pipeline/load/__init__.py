"""The Recovery-Load Index: how much load the behaviour carries, and how little recovery.

It is no score of burnout and no diagnosis. Weights and bounds are guesses, and the person's to set.
"""
