"""The actions of a reader, one class per topic; none of them draws."""
