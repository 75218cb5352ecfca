"""Tests of what plugs graphmem into LangChain and LangGraph."""
