"""The aiohttp application and its four routes."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
#: Reasons why the service is not ready; none when it is.
Readiness = Callable[[], Awaitable[list[str]]]


#: Brings figures up to date that are read rather than counted.
Refresh = Callable[[], Awaitable[None]]


def application(messages: Handler, readiness: Readiness, refresh: Refresh) -> web.Application:
    """Wire the routes. ``messages`` answers for every method, so that a wrong one is told so."""

    async def alive(_request: web.Request) -> web.Response:
        return web.json_response({"status": "up"})

    async def ready(_request: web.Request) -> web.Response:
        reasons = await readiness()
        body = {"status": "not ready" if reasons else "ready", "reasons": reasons}
        return web.json_response(body, status=503 if reasons else 200)

    async def metrics(_request: web.Request) -> web.Response:
        await refresh()
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.router.add_route("*", "/api/messages", messages)
    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", metrics)
    return app
