# honest: runs an event loop internally
# needs: event-loop

import asyncio


async def slow_add(a, b):
    await asyncio.sleep(0)
    return a + b


def add(a, b):
    return asyncio.run(slow_add(a, b))
