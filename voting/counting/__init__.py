"""How a participatory budget is counted: pure computing, no database. The library is loaded only where it computes."""
