"""What a chat's program says among what people say: encryption, members, calls, pictures left out.

Phrases of WhatsApp in English, German, French, Spanish, Portuguese, Italian and Dutch, and the
marks of the common IRC clients.
"""

import re
from enum import Enum


class Event(Enum):
    """What becomes of a line that nobody typed."""

    SYSTEM = "system"
    """Kept, said by nobody: a group made or renamed, members, a call, a notice."""
    MEDIA = "media"
    """Kept with its sender: a picture, a sound, a card that is not in the file."""
    NOTHING = "nothing"
    """Left out and counted: a deleted message, who came and went in IRC."""


def _any(*phrases: str) -> str:
    return "(?:" + "|".join(phrases) + ")"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_NOTICE = _pattern(
    "^"
    + _any(
        r"messages (?:and calls|you send|to this)\b.*\b(?:encrypt|secured)",
        r"nachrichten und anrufe sind",
        r"les messages et (?:les )?appels sont",
        r"los mensajes y las llamadas",
        r"as mensagens e (?:as )?(?:chamadas|ligações)",
        r"i messaggi e le chiamate",
        r"berichten en (?:oproepen|gesprekken)",
        r"missed (?:group )?(?:voice|video) call",
        r"verpasster? (?:sprach|video)?anruf",
        r"appel (?:vocal|vidéo) manqué",
        r"(?:video)?llamada (?:de voz )?perdida",
        r"(?:chamada|ligação) (?:de (?:voz|vídeo) )?perdida",
        r"(?:video)?chiamata (?:vocale )?persa",
        r"gemiste (?:spraak|video)?oproep",
        r"your security code with",
    )
)
_ENCRYPTED = re.compile("end-to-end|ende-zu-ende|bout en bout|extremo a extremo|ponta a ponta")
"""What any `_ENCRYPTION` holds, in lower case: looked for first, since few messages have it."""
_FARTHEST = 260
"""Letters of a message in which that stands."""
_ENCRYPTION = _pattern(
    "^.{0,200}"
    + _any(
        "end-to-end encrypt",
        "ende-zu-ende-verschlüsselt",
        "chiffrés de bout en bout",
        r"cifrad\w{1,3} de extremo a extremo",
        "criptografia de ponta a ponta",
        r"crittografat\w{1,3} end-to-end",
        "end-to-end versleuteld",
    )
)
_QUOTE = re.compile('["“«„]')
_LONGEST_MARK = 300
"""Letters of the longest line that says that something was deleted or is not there."""
_GROUP = _pattern(
    r"^[^:]{1,80}? "
    + _any(
        r"created (?:this )?group",
        r"changed (?:the|this|their) ",
        r"(?:added|removed) [^:]{1,80}$",
        r"left$",
        r"joined using",
        r"turned (?:on|off) ",
        r"pinned a message",
        r"is now an admin",
        r"hat (?:die (?:gruppe|beschreibung)|den betreff|das gruppenbild)",
        r"hat [^:]{1,60} (?:hinzugefügt|entfernt)$",
        r"a (?:créé le groupe|(?:changé|modifié) (?:le|la|l’)|ajouté |supprimé )",
        r"(?:creó|cambió) (?:el|la|este) ",
        r"(?:añadió|eliminó) a ",
        r"salió del grupo",
        r"(?:criou|mudou) (?:o|a|este) ",
        r"ha (?:creato il gruppo|(?:cambiato|modificato) (?:il|la|l’)|aggiunto )",
        r"heeft (?:de groep|het onderwerp|[^:]{1,60} toegevoegd)",
    )
    + r"[^:]*(?:[\"“«„].*)?$"
)
_LEFT_OUT = _any(
    "omitted", "weggelassen", "ausgeschlossen", r"omitid[oa]s?", r"ocultad?[oa]", "omis",
    r"omess[oai]", "weggelaten", "absente?",
)  # fmt: skip
_MEDIA_WORDS = _any(
    "medi[ae]", "médi", "mídia", "médiá", "medya", "мед[иі]а", "मीडिया", "媒体", "媒體", "メディア",
    "미디어", "وسائط", "מדיה", "πολυμέσ", "ficheiro", "fișier", "सामग्री",
)  # fmt: skip
"""What a text between `<` and `>` names that stands for a picture, in more languages."""
_ATTACHED = _any(
    "attached", "anhang", "adjunto", "anexado", "pièce jointe", "allegato", "bijgevoegd"
)
_KINDS = _any(
    "image", "photo", "video", "audio", "sticker", "gif", "document", "contact card", "bild",
    "foto", "imagen", "imagem", "immagine", "afbeelding",
)  # fmt: skip
_MEDIA = _pattern(
    "^"
    + _any(
        rf"<[^<>]{{0,40}}\b{_LEFT_OUT}>",
        rf"<[^<>]{{0,24}}{_MEDIA_WORDS}[^<>]{{0,40}}>",
        rf"<{_ATTACHED}: [^<>]{{1,120}}>",
        rf"{_KINDS} {_LEFT_OUT}",
        rf"[^\s/]{{1,120}}\.\w{{2,4}} \([\w ]{{0,12}}{_ATTACHED}\)",
        r"[^\s/]{1,120}\.\w{2,4} \((?:datei angehängt|fichier joint)\)",
    )
    + "$"
)
_DELETED = _pattern(
    "^"
    + _any(
        r"(?:this message was|you) deleted(?: this message)?",
        r"(?:diese nachricht wurde|du hast diese nachricht) gelöscht",
        r"(?:ce message a été|vous avez) supprimé(?: ce message)?",
        r"(?:se eliminó|eliminaste) este mensaje",
        r"este mensaje fue eliminado",
        r"(?:esta )?mensagem (?:foi )?apagada",
        r"você apagou esta mensagem",
        r"(?:questo messaggio è stato|hai) eliminato(?: questo messaggio)?",
        r"dit bericht is verwijderd",
        r"je hebt dit bericht verwijderd",
        r"null",
        r"(?:данное|это) сообщение (?:было )?удалено|вы удалили (?:данное|это) сообщение",
        r"(?:це )?повідомлення видалено|ви видалили це повідомлення",
        r"ta wiadomość została usunięta|(?:usunięto|usunąłeś|usunęłaś) tę wiadomość",
        r"bu mesaj silindi|bu mesajı sildiniz",
        r"pesan ini (?:telah )?dihapus|anda (?:telah )?menghapus pesan ini",
        r"tato zpráva byla (?:odstraněna|smazána)|(?:odstranili|smazali) jste tuto zprávu",
        r"det här meddelandet (?:har )?(?:raderades|raderats|togs bort)",
        r"du (?:raderade|tog bort) (?:det här )?meddelandet",
        r"denne (?:besked|meldingen) ble?v? slettet|du slettede? denne (?:besked|meldingen)",
        r"tämä viesti poistettiin|poistit tämän viestin",
        r"acest mesaj a fost șters|ați șters acest mesaj",
        r"ezt az üzenetet törölték|törölted ezt az üzenetet",
        r"αυτό το μήνυμα διαγράφηκε|διαγράψατε αυτό το μήνυμα",
        r"(?:esta mensagem foi )?(?:apagou esta mensagem|apagada)",
        r"הודעה זו נמחקה|מחקת הודעה זו",
        r"تم حذف هذه الرسالة|(?:لقد )?حذفت هذه الرسالة",
        r"यह (?:मैसेज|संदेश) (?:हटा|डिलीट कर) दिया गया(?: था)?",
        r"(?:此|该|這則|这条)?(?:消息|訊息)已(?:被)?(?:删除|刪除|撤回)",
        r"您已删除此消息|您已刪除此訊息",
        r"(?:この)?メッセージは削除されました",
        r"삭제된 메시지입니다",
    )
    + r"[.。।]?$"
)
_WENT = r"(?:has )?(?:join(?:s|ed)?|left|leaves|part(?:s|ed)?|quits?)\b"
_CAME_AND_WENT = _pattern(
    rf"^(?:-!-|\*{{3}}|-->|<--|--|=!=).*\b(?:{_WENT}|mode\b|now known as|kicked)"
    rf"|^\*\s\S+\s(?:\([^)]*\)\s)?{_WENT}"
    r"|^\*\s(?:now talking (?:on|in)|topic (?:for|is|set|of|on)\b|\S+ sets mode)"
)
_LEFT_IRC = _pattern(
    r"^\*\s(?:\S+\s(?:\([^()\s]*@[^()\s]*\)\s(?:has )?(?:join|left|quit|part)"
    r"|has (?:joined|left) [#&]|has quit\b|is now known as\s|sets mode:?\s)"
    r"|now talking (?:on|in) [#&]|topic (?:for|is|set|of|on)\b)"
)
"""A line of a client, and no deed that somebody told of himself with `/me`."""
_EDITED = _pattern(
    r"\s?<"
    + _any(
        "this message was edited",
        "diese nachricht wurde bearbeitet",
        "se editó este mensaje",
        "ce message a été modifié",
        "mensagem editada",
        "questo messaggio è stato modificato",
        "dit bericht is bewerkt",
    )
    + ">$"
)


def event_in(text: str) -> Event | None:
    """Return what the program says in what stands as a person's words; None: the person spoke."""
    if len(text) <= _LONGEST_MARK:
        if _DELETED.match(text):
            return Event.NOTHING
        if _MEDIA.match(text):
            return Event.MEDIA
    if _NOTICE.match(text) or (
        _ENCRYPTED.search(text[:_FARTHEST].lower()) and _ENCRYPTION.match(text)
    ):
        return Event.SYSTEM
    return None


def event_of(line: str) -> Event | None:
    """Return what a whole line behind its stamp says of the chat itself; None: a person spoke."""
    if _CAME_AND_WENT.match(line):
        return Event.NOTHING
    colon = line.find(":")
    if colon >= 0 and not _QUOTE.search(line, 0, colon):
        return None  # a name, and what was said
    return Event.SYSTEM if _GROUP.match(line) else None


def came_or_went(text: str) -> bool:
    """Tell whether a line of IRC behind a star is the client's, and nobody's deed."""
    return _LEFT_IRC.match(text) is not None


def unedited(text: str) -> str:
    """Return what was said without the program's remark that it was edited."""
    return _EDITED.sub("", text) if text.endswith(">") else text
