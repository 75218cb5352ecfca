"""A LangChain chain that answers from a memory, with its sources; no key, no network.

The model follows a script where yours would think: give any other chat model in its place.
"""

from langchain_core.documents import Document
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough

from graphmem import Memory
from graphmem.integrations.langchain import GraphmemChatMessageHistory, GraphmemRetriever

PROMPT = ChatPromptTemplate.from_messages(
    [("system", "Answer from these memories alone:\n{memories}"), ("human", "{question}")]
)


def shown(documents: list[Document]) -> str:
    return "\n".join(f"- {one.metadata['speaker']}: {one.page_content}" for one in documents)


def main() -> None:
    with Memory.open("ram:", scope="ana") as memory:
        history = GraphmemChatMessageHistory(memory, "monday")
        history.add_messages(
            [
                HumanMessage("My bicycle is called Rosinante."),
                AIMessage("A fine name."),
                HumanMessage("The choir meets on Tuesdays in the old mill."),
            ]
        )
        retriever = GraphmemRetriever(memory=memory, k=2, token_budget=200)
        print(shown(retriever.invoke("Where does the choir meet?")))
        model = GenericFakeChatModel(messages=iter([AIMessage("In the old mill.")]))
        chain = (
            {"memories": retriever | RunnableLambda(shown), "question": RunnablePassthrough()}
            | PROMPT
            | model
            | StrOutputParser()
        )
        print(chain.invoke("Where does the choir meet?"))


if __name__ == "__main__":
    main()
