"""The commands: what the help lists, in this order, what completion offers, what a word runs.

To add a command, write `graphmem/cli/NAME.py` with a function NAME (`NAME_` where Python has a NAME
of its own, `_` for `-`), or with a `typer.Typer` called `app` that has subcommands; then add its
line to COMMANDS, which is the first line of the function's docstring. Nothing else names it, but
HOMES where several small commands share a file.

Nothing of a command is imported until it is run, and the help is printed from this file alone, so
that `graphmem --help` costs no more than Python's start: this file imports nothing, and what a
command needs is imported by its own module. `tests/unit/cli/test_commands.py` holds that.
"""

COMMANDS = {
    "ingest": "Remember files and folders; what is there already is left alone.",
    "search": "Print the notes that best answer QUESTION, best first, each with its reasons.",
    "context": "Print what answers QUESTION as one text for a prompt, within a budget of tokens.",
    "list": "Print the turns and passages, all or those that pass the filters.",
    "count": "Print how many turns and passages there are, or pass the filters.",
    "sessions": "Print the sessions, the earliest first: how much was said, by whom, when.",
    "speakers": "Print who speaks, who says most first.",
    "entities": "Print what the notes name, what most name first; with NAME only what has it.",
    "facts": "Print the facts that notes state, by when they began.",
    "timeline": "Print the notes that tell of an entity in order of time, with their facts.",
    "slot": "Print the values of a slot, `where Ana lives`, in order of time, with their sources.",
    "profile": "Print what is known of a person, each line with its turn; current values first.",
    "neighbourhood": "Print what is around a record: what it names, stands beside, is linked to.",
    "stats": "Print how much one scope holds; `graphmem store stats`: every scope.",
    "scopes": "Print the scopes of a store; with --scope those of its user: `ana`, `ana/helper`.",
    "get": "Print the records of these ids.",
    "history": "Print a note's origins and every change made to it, oldest first.",
    "update": "Put a newer text in a note's place; the old one is found as of before.",
    "correct": "Put a text in the place of one that was never right, since that was said.",
    "replace": "Let a note that is there take another's place, which is found as of before.",
    "expire": "Say until when a note is true; then it is out of search, and found as of before.",
    "pin": "Keep a note in search, whatever else would put it away.",
    "useful": "Say which notes answered a question: no evolution or sweep may lose them for it.",
    "consolidate": "Write topic and insight notes over sessions, each with its turns.",
    "forget": "Archive what matters least, out of search alone; or purge a subject.",
    "merge": "Say that a named thing is another one; both keep their names.",
    "unmerge": "Say that a named thing is one of its own after all.",
    "alias": "Give a named thing another name, which no note need use.",
    "evolve": "Link new notes to older ones, and find what may have changed; undo takes it back.",
    "review": "Say of statements that may have changed whether they have: keys 1 to 4.",
    "undo": "Take back a change or a run: all is as if it had never been.",
    "delete": "Erase episodes, a session, or the whole scope, and all that came from them alone.",
    "cypher": "Ask a memory in Cypher. It only reads; `$scope` is the scope.",
    "mcp": "Serve one memory to an MCP client over stdin and stdout, until it hangs up.",
    "explore": "Show one memory in a browser on this machine: prints a link that works once.",
    "serve": "Serve memories over HTTP, on this machine alone, to those who have a token.",
    "token": "Say who may ask a server, and of whose memory.",
    "doctor": "Check the installation and every record of the store; exit 1 if something is wrong.",
    "store": "Look at a store as a whole, move it.",
    "evaluate": "Measure search against its baselines.",
}
"""Each command's module in this folder, and the first line of its help."""

HOMES = {
    **dict.fromkeys(("list", "count", "sessions", "speakers", "stats", "scopes"), "listing"),
    **dict.fromkeys(("entities", "facts", "timeline", "neighbourhood"), "graph"),
}
"""The modules of the commands that have none of their own name."""

ABOUT = "Long-term memory for applications that talk."

FIRST = """\
Type first:
  export GRAPHMEM_SCOPE=ana            whose memory it is; or --scope ana each time
  graphmem ingest chat.txt notes/      remember files and folders, in graphmem.db here
  graphmem search where does Ana live  the notes that answer, each with its reasons
"""
"""What somebody types who has typed nothing yet."""


def usage() -> str:
    """Return the help of `graphmem` itself."""
    width = max(map(len, COMMANDS))
    commands = "".join(f"  {name:<{width}}  {line}\n" for name, line in COMMANDS.items())
    return (
        f"{ABOUT}\n\nUsage: graphmem COMMAND [OPTIONS] ...\n\n{FIRST}\nCommands:\n{commands}\n"
        "Options:\n"
        "  --version             Print the version.\n"
        "  --install-completion  Let this shell complete commands, options, scopes and sessions.\n"
        "  --show-completion     Print what --install-completion writes.\n"
        "  --help                Print this; `graphmem COMMAND --help`: a command's options.\n"
    )
