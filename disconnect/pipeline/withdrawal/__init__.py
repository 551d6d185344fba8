"""Withdrawal: how it stands, when the level turned, and a line to watch.

`standing` counts days since a meeting, `turning` finds changes of level, `watching` adds up weekly
deviations; `weekly` and `levels` are their common ground.
"""
