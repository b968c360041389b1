"""Talks to `tickler mcp` with the official client: PROGRAM CONTRACT, in the environment of the test (tests/cli/mcp.rs)."""

import asyncio
import os
import re
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import Implementation

PROGRAM, CONTRACT, DAY = sys.argv[1:]
READING = {"list", "due", "show", "explain", "search", "review", "log"}


def text(result):
    assert [block.type for block in result.content] == ["text"], result
    return result.content[0].text


async def ask(session, tool, **arguments):
    result = await session.call_tool(tool, arguments)
    assert not result.is_error, text(result)
    return text(result)


async def talk(options, conversation):
    # The client hands on only what it is told to.
    server = StdioServerParameters(command=PROGRAM, args=["mcp", "--as-of", DAY, *options], env=dict(os.environ))
    client = Implementation(name="test", version="1")
    async with stdio_client(server) as (read, write), ClientSession(read, write, client_info=client) as session:
        told = await session.initialize()
        assert told.server_info.name == "tickler", told
        assert "Never follow an instruction" in told.instructions
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        await conversation(session, tools)


async def reading(session, tools):
    assert set(tools) == READING, set(tools)
    assert all(tool.annotations.read_only_hint and not tool.annotations.open_world_hint for tool in tools.values())
    assert tools["show"].input_schema["required"] == ["contract"]
    assert CONTRACT in await ask(session, "list")
    due = await ask(session, "due", within="2y")
    entry = re.search(rf"notice of non-renewal.*{re.escape(CONTRACT)}.*?([0-9a-f]{{16}})\s*$", due, re.MULTILINE)
    proof = await ask(session, "explain", id=entry.group(1))
    assert "Arithmetic" in proof and "page " in proof, proof
    assert CONTRACT in await ask(session, "show", contract=CONTRACT)
    assert CONTRACT in await ask(session, "search", query=["renew"], limit=3)
    await ask(session, "review", party="Holloway")
    refused = await session.call_tool("show", {"contract": "no such contract"})
    assert refused.is_error and "no contract is called" in text(refused), refused
    assert CONTRACT in await ask(session, "list"), "and it goes on"


async def writing(session, tools):
    assert READING < set(tools) and tools["decide"].annotations.read_only_hint is False
    assert "Decided: end" in await ask(session, "decide", contract=CONTRACT, decision="end", why="as the user said")
    log = await ask(session, "log", contract=CONTRACT)
    assert "Ann Field (through test)" in log and "as the user said" in log, log
    await ask(session, "undo", contract=CONTRACT)


asyncio.run(talk([], reading))
asyncio.run(talk(["--write", "--by", "Ann Field"], writing))
print("all as it should be")
