import time
def test_a(app): time.sleep(60)
