"""Migrations and models describe the same database: `python -m deploy.checks.schema`.

`alembic check` does not see check constraints, comments of every kind, grants or triggers. So one
private database is migrated, another is made from the models, and what PostgreSQL itself says of
both is compared. At the end the migrations run all the way down.
"""

import sys
from collections.abc import Iterator

import psycopg
from alembic import command
from alembic.util import CommandError
from sqlalchemy import create_engine

from deploy.local.postgres import APP, OWNER, Cluster
from deploy.local.temporary import temporary_postgres
from talentsvc.cli import alembic_config
from talentsvc.tables import metadata

MIGRATED, DECLARED = "migrated", "declared"
# Written once and never changed: neither a right nor a trigger lets a row be altered.
APPEND_ONLY = frozenset({"audit_entry", "audit_seal", "audit_seal_head", "access_log"})
BOOKKEEPING = "alembic_version"

QUERIES = {
    "column": """
        SELECT c.relname || '.' || a.attname,
               format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
               || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
               || coalesce(' comment ' || col_description(c.oid, a.attnum), ' without comment')
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace""",
    "table": """
        SELECT relname, coalesce(obj_description(oid, 'pg_class'), '')
        FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace""",
    "constraint": """
        SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "index": """
        SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'""",
    "sequence": """
        SELECT sequencename, data_type || ' ' || start_value || ' ' || increment_by
        FROM pg_sequences WHERE schemaname = 'public'""",
}
GRANTS = """
    SELECT c.relname, array_agg(a.privilege_type::text ORDER BY a.privilege_type)
    FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND r.rolname = %s
    GROUP BY c.relname"""
TRIGGERS = """
    SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
    WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgtype & 27 = 27"""


def described(connection: psycopg.Connection, kind: str) -> dict[str, str]:
    """What PostgreSQL says of one kind of thing, by name."""
    rows = connection.execute(QUERIES[kind]).fetchall()
    return {name: text for name, text in rows if not name.startswith(BOOKKEEPING)}


def differences(migrated: psycopg.Connection, declared: psycopg.Connection) -> Iterator[str]:
    """Each thing that the migrations and the models describe differently."""
    for kind in QUERIES:
        made, wanted = described(migrated, kind), described(declared, kind)
        for name in sorted(made.keys() | wanted.keys()):
            if made.get(name) != wanted.get(name):
                yield f"{kind} {name}: migrated {made.get(name)!r}, declared {wanted.get(name)!r}"


def rights(connection: psycopg.Connection) -> Iterator[str]:
    """Each table on which the serving role has other rights than it should, or no trigger."""
    granted = {name: set(kinds) for name, kinds in connection.execute(GRANTS, [APP]).fetchall()}
    triggers = {name for (name,) in connection.execute(TRIGGERS).fetchall()}
    for table in sorted(metadata.tables):
        wanted = {"SELECT", "INSERT"}
        if table not in APPEND_ONLY:
            wanted |= {"UPDATE", "DELETE"}
        if granted.get(table, set()) != wanted:
            yield f"{table}: {APP} has {sorted(granted.get(table, set()))}, not {sorted(wanted)}"
    for table in sorted(APPEND_ONLY - triggers):
        yield f"{table}: no trigger refuses UPDATE and DELETE of a row"


def make_both(cluster: Cluster) -> None:
    """One database by the migrations, one from the models, both owned by the migrating role."""
    for name in (MIGRATED, DECLARED):
        cluster.ensure_database(name)
    command.upgrade(alembic_config(cluster.url(OWNER, MIGRATED)), "head")
    engine = create_engine(cluster.url(OWNER, DECLARED))
    metadata.create_all(engine)
    engine.dispose()


def faults(cluster: Cluster) -> Iterator[str]:
    """Everything that is wrong, one line each."""
    make_both(cluster)
    config = alembic_config(cluster.url(OWNER, MIGRATED))
    try:
        command.check(config)
    except CommandError as error:
        yield str(error)
    with cluster.connect(MIGRATED) as migrated, cluster.connect(DECLARED) as declared:
        yield from differences(migrated, declared)
        yield from rights(migrated)
    command.downgrade(config, "base")
    with cluster.connect(MIGRATED) as emptied:
        for kind in QUERIES:
            for name in described(emptied, kind):
                yield f"{kind} {name}: still there after the migrations ran down"


def main() -> int:
    """Print every fault; 1 if there is one."""
    with temporary_postgres() as cluster:
        found = list(faults(cluster))
    print("\n".join(found) or "migrations and models agree")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
