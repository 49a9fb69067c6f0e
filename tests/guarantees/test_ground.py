import time
def test_it(ground):
    a=time.perf_counter(); ground.reset(); print("reset", time.perf_counter()-a)
    print(len(ground.people.cases))
