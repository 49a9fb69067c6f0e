import time
from tests.guarantees.watching import snapshot
def test_it(ground):
    with ground.servers.cluster.connect(ground.database,"talentsvc_owner") as c:
        a=time.perf_counter(); s=snapshot(c); print("snap", time.perf_counter()-a)
        a=time.perf_counter(); s=snapshot(c); print("snap", time.perf_counter()-a)
    print({k:v[0] for k,v in s.items()})
