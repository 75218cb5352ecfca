"""Other people's worlds: a memory goes in, what LangChain and LangGraph expect comes out."""
