"""The private PostgreSQL of `make run` and of these tests."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deploy.local.identity import Identity, identities_for
from deploy.local.places import make_places
from deploy.local.postgres import APP, DATABASE, OWNER, Cluster
from deploy.local.processes import is_alive, wait_until
from deploy.local.programs import NoPostgres, programs_for
from deploy.local.services import Service
from deploy.local.temporary import postgres_plan, temporary_postgres


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with temporary_postgres() as started:
        started.ensure_database()
        yield started


def test_neither_role_is_more_than_it_must_be(cluster: Cluster) -> None:
    with cluster.connect() as connection:
        rights = connection.execute(
            "SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication "
            "FROM pg_roles WHERE rolname IN (%s, %s) ORDER BY 1",
            [APP, OWNER],
        ).fetchall()
    assert rights == [(APP, False), (OWNER, False)]


def test_the_serving_role_makes_no_tables(cluster: Cluster) -> None:
    with (
        cluster.connect(DATABASE, APP) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE public.mine (id integer)")


def test_making_roles_and_database_again_changes_nothing(cluster: Cluster) -> None:
    cluster.ensure_roles()
    cluster.ensure_database()
    assert cluster.is_ready()


def test_chinese_is_text_of_characters(cluster: Cluster) -> None:
    with cluster.connect(DATABASE) as connection:
        found = connection.execute(
            "SELECT current_setting('server_encoding'), length('𠮷野家'), "
            "to_tsvector('simple', '王小 𠮷') @@ to_tsquery('simple', '𠮷')"
        ).fetchone()
    assert found == ("UTF8", 3, True)


def test_it_listens_on_no_network_address(cluster: Cluster) -> None:
    with cluster.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


@pytest.fixture
def killed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Cluster, Path]]:
    """A cluster with one row whose server was killed."""
    places = make_places(tmp_path_factory.mktemp("k") / "var")
    cluster = Cluster.at(places.var / "postgres", places.sockets / "pg")
    service = Service(postgres_plan(cluster), places.logs, places.run)
    service.start()
    service.wait_ready()
    with cluster.connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT '人才' AS word")
    assert service.process is not None
    os.killpg(service.process.pid, signal.SIGKILL)
    service.process.wait()
    yield cluster, places.var
    if places.sockets.parent != places.run:
        for path in places.sockets.glob("*/*"):
            path.unlink()
        (places.sockets / "pg").rmdir()
        places.sockets.rmdir()


@pytest.mark.parametrize("holder", ["nobody", "another process"])
def test_data_survives_a_kill_and_a_stale_pid_file(
    killed: tuple[Cluster, Path], holder: str
) -> None:
    cluster, var = killed
    pid_file = cluster.data / "postmaster.pid"
    if holder == "another process":
        # The number now belongs to somebody else: PostgreSQL alone would refuse to start.
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    again = Service(postgres_plan(cluster), var / "log", var / "run")
    again.start()
    try:
        again.wait_ready()
        with cluster.connect() as connection:
            assert connection.execute("SELECT word FROM kept").fetchone() == ("人才",)
    finally:
        again.stop()
    assert again.returncode() == 0


def test_a_server_left_over_is_stopped_before_the_next_start(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with temporary_postgres() as running:
        pid = int((running.data / "postmaster.pid").read_text().split()[0])
        running.prepare()
        assert wait_until(lambda: not is_alive(pid), 10)


def test_data_of_a_version_that_is_not_here_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("9\n")
    with pytest.raises(NoPostgres, match="FRESH=1"):
        programs_for(tmp_path)


def test_only_root_has_to_become_somebody_else(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    ways = identities_for(tmp_path)
    assert (Identity() in ways) == (os.geteuid() != 0)
    assert all(way.enters(tmp_path) for way in ways)
