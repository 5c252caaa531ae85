"""What any stateful mock server needs and no vendor would recognise.

A clock that can be moved, ids that repeat, a journal of calls, faults with accounting, snapshots, the
control API under ``/_sim``, and the column types and the server that both mocks use.
"""
