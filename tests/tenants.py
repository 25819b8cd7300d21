"""The stand-in Microsoft 365 of every test: no call passes that Microsoft's contract does not know."""

from contextlib import asynccontextmanager
from pathlib import Path

from bot.local_tenant.tenant import LocalTenant
from bot.teams.credentials import DEVELOPMENT_TOKEN

#: Microsoft's published types; where the file is absent, only bodies and properties go unchecked.
CONTRACT = Path(__file__).parents[2] / "shared" / "graph" / "contract.json"


@asynccontextmanager
async def tenant_running(people, **told):
    """A tenant of these people, by object id; ``told`` is as ``LocalTenant`` takes it."""
    contract = CONTRACT if CONTRACT.exists() else None
    tenant = LocalTenant(people, token=DEVELOPMENT_TOKEN, contract=contract, **told)
    async with tenant.running():
        yield tenant
    assert tenant.graph.violations == []
