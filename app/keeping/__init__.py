"""What people entrusted to the house: kept how long, taken away by them, erased, backed up, put back."""
