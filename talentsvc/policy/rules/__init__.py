"""The rules engine: pure functions over dated data. It reads no database and no clock."""
