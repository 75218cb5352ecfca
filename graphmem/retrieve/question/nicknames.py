"""Usual short forms of given names, English and some of other languages that chats have.

A beginning of a name is a short form only if people use it so: `Mel` is Melanie, `Car` is nobody.
The list is closed and small; what a family alone says is learned from its own texts (`heard.py`).
"""

from graphmem.text import fold, words

_SHORT_FORMS = """
abigail: abby abbie gail | abraham: abe bram | adelaide: addie heidi | adrian: ade | agnes: aggie
| alan: al | albert: al bert bertie | alberto: beto | alejandro: alex ale | alexander: alex al
sandy xander sasha lex | alexandra: alex sandra sandy lexi sasha alexa | alexei: alex lyosha |
alfred: al alf alfie fred | alice: allie | alicia: ali lici | alison: ali allie | amanda: mandy |
amelia: millie amy mel | anastasia: ana stacy nastya stasia | andrea: andi andie drea | andrew:
andy drew | andreas: andi andy | angela: angie | angelina: angie lina | ann: annie nan | anna:
annie ania anya | annabel: bella anna | anthony: tony ant | antonio: tony toni tonio | antonia:
toni | archibald: archie | arthur: art artie | ashley: ash | augustus: gus | barbara: barb barbie
babs | barnaby: barney | bartholomew: bart | beatrice: bea trixie | benjamin: ben benny benji |
bernadette: bernie | bernard: bernie | bethany: beth | beverly: bev | bradley: brad | brandon:
bran | brenda: bren | brian: bri | bridget: biddy | brittany: britt | brooklyn: brook | caleb: cal
| calvin: cal | cameron: cam | camilla: millie cam | caroline: caro carrie lina caz | carolyn:
caro carrie | cassandra: cass cassie sandra | catherine: cat cathy cate kate katie cath | cecilia:
ceci celia | charles: charlie chuck chas chaz | charlotte: charlie lottie char lotte | chelsea:
chels | chester: chet | christian: chris | christina: chris chrissy christie tina | christine:
chris chrissy tina | christopher: chris kit topher | clara: clare | clifford: cliff | clinton:
clint | constance: connie | cornelius: neil | courtney: court | cynthia: cindy | daniel: dan danny
| daniela: dani dany | danielle: dani elle | deborah: deb debbie | denise: dee | dennis: den denny
| derek: del | diana: di | dominic: dom nick | donald: don donny | dorothy: dot dottie dolly |
douglas: doug | dylan: dyl | edith: edie | eduardo: edu lalo | edward: ed eddie ted teddy ned |
edwin: ed eddie | eleanor: ellie nell nora ella | elena: lena | elijah: eli | elisabeth: lisa
lisbeth betty liz | elizabeth: liz lizzie beth betty eliza libby lisa betsy ellie liza | ellen:
ellie nell | emanuel: manny | emily: em emmy | emma: em emmy | enrique: quique | ernest: ernie |
estelle: stella | esther: essie | ethan: eth | eugene: gene | evelyn: eve evie | ezekiel: zeke |
fernando: nando fer | florence: flo flora | frances: fran frannie | francesca: fran cesca |
francis: frank fran | francisco: paco pancho cisco | franklin: frank | frederick: fred freddie
fritz | friedrich: fritz | gabriel: gabe | gabriela: gabi gaby | gabriella: gabi gaby ella |
gareth: gaz | geoffrey: geoff | george: georgie | georgina: gina georgie | gerald: gerry jerry |
gerard: gerry | gertrude: gertie trudy | gilbert: gil bert | giovanni: gianni vanni | giuseppe:
beppe pino | gloria: glo | graham: gray | gregory: greg | guadalupe: lupe | guillermo: memo |
gwendolyn: gwen | hannah: hanna | harold: harry hal | harriet: hattie | harrison: harry | hector:
heck | helen: nell lena | henrietta: etta hettie | henry: harry hank hal | herbert: herb bert |
howard: howie | hubert: hugh bert | ian: ianto | ignacio: nacho | imogen: immy | irene: rene |
isaac: ike zac | isabel: izzy bella belle isa | isabella: izzy bella isa | isaiah: ike | ivan:
vanya | jacob: jake coby | jacqueline: jackie | jaime: jimmy | james: jim jimmy jamie | janet: jan
| janice: jan | jasmine: jas jazz | javier: javi | jeffrey: jeff | jeremiah: jerry | jeremy: jem
jerry | jennifer: jen jenny jenn | jessica: jess jessie | jesus: chuy | joan: joanie | joanna: jo
joan anna | joanne: jo | johann: hans | johannes: hans jo hannes | john: jack johnny jon |
jonathan: jon jonny john nathan | joseph: joe joey jo | josefina: josie | josephine: jo josie |
joshua: josh | josé: pepe | judith: judy jude | julia: jules | julian: jules | juliana: jules |
julie: jules | justin: just | katarina: kat | katherine: kate kathy katie kat kay kit kitty kath |
kathleen: kathy kath kay | kathryn: kate kathy katie kat | katrina: kat trina | kayla: kay |
kenneth: ken kenny | kevin: kev | kimberly: kim kimmy | kristina: kris tina | kristen: kris |
laura: laurie | lauren: laurie | lawrence: larry laurie | leonard: len lenny leo | leonardo: leo |
leopold: leo | leslie: les | lillian: lily lil | linda: lin lindy | lindsay: linds | louis: lou |
louisa: lou | louise: lou | lucas: luke luc | lucia: lucy | lucille: lucy | lucinda: lucy cindy |
luis: lucho | lydia: lyd | mackenzie: mac kenzie | madeline: maddy | madison: maddy | magdalena:
lena magda | malcolm: mal | manuel: manny manolo | marcus: marc | margaret: maggie meg peg peggy
marge margie greta rita daisy madge | marguerite: daisy | maria: mia marie | marilyn: mari |
marjorie: marge margie | martha: marty mattie | martin: marty | mary: molly polly | matilda: tilly
mattie | matthew: matt matty | matthias: matt matze | maureen: mo | maurice: mo maury |
maximilian: max | maxwell: max | maxine: max | melanie: mel | melinda: mel mindy | melissa: mel
lissa missy | melvin: mel | mercedes: mercy | meredith: merry | michael: mike mick mickey mikey
mitch misha | michaela: mickey | michelle: shelly mich | mikhail: misha | mildred: millie |
millicent: millie | minerva: minnie | miranda: mira randy | miriam: mimi miri | mohammed: mo |
mohamed: mo | muhammad: mo | mitchell: mitch | montgomery: monty | morgan: mo | morris: mo |
nadezhda: nadia | nancy: nan | natalia: nat talia natasha | natalie: nat nattie | nathan: nate nat
| nathaniel: nate nat nathan | nicholas: nick nicky nico | nicole: nicky nikki nic | nicolas: nico
nick | nikolai: kolya nik | nora: nori | norman: norm | oliver: ollie | olivia: liv livvy | oscar:
ossie | owen: owie | pamela: pam | patricia: pat patty trish tricia | patrick: pat paddy rick |
paula: paulie | pauline: polly | penelope: penny nell | percival: percy | peter: pete | philip:
phil pip | phillip: phil pip | phyllis: phyl | priscilla: cilla | prudence: prue | rachel: rach |
rafael: rafa | ramona: mona | randall: randy | randolph: randy | raphael: raf | raymond: ray |
rebecca: becky becca beck bex | reginald: reg reggie | ricardo: rick ricky | richard: rick ricky
dick rich richie | robert: bob bobby rob robbie bert | roberta: bobbie robbie | roberto: beto rob
| robin: rob | roderick: rod rick | rodney: rod | rodrigo: rodri | roger: rog | roland: rollo |
ronald: ron ronnie | rosalind: ros roz | rosemary: rose rosie | rosa: rosie | rose: rosie |
rudolph: rudy rolf | rupert: rup bert | russell: russ | ruth: ruthie | salvador: sal chava |
salvatore: sal | samantha: sam sammy | samuel: sam sammy | sandra: sandy | sarah: sadie sally |
savannah: savvy | sean: shay | sebastian: seb bastian basti | sergio: checo | serena: rena |
sharon: shaz | shirley: shirl | sidney: sid | simon: si | solomon: sol | sophia: sophie soph |
sophie: soph | stanley: stan | stefan: stef | stefanie: steffi stef | stephanie: steph stephie
steffi | stephen: steve stevie steph | steven: steve stevie | stuart: stu | susan: sue susie suzy
| susanna: sue susie anna | suzanne: sue suzy | sylvester: sly | sylvia: syl | tabitha: tabby |
tamara: tammy tam | tatiana: tanya | terence: terry | teresa: terry tess tessa | thaddeus: thad
tad | theodora: theo dora | theodore: theo ted teddy | theresa: terry tess tessa | thomas: tom
tommy | timothy: tim timmy | tobias: toby | tracy: trace | trevor: trev | tyler: ty | valentina:
val | valerie: val | vanessa: nessa ness | verena: vreni | veronica: ronnie vera | victor: vic |
victoria: vicky tori vic | vincent: vince vin vinny | viola: vi | violet: vi | virginia: ginny
ginger | vivian: viv | vladimir: vlad volodya | walter: walt wally | wendell: wen | wilhelm: willi
| wilfred: wilf fred | william: bill billy will willy liam | winifred: winnie freddie | winston:
win | wolfgang: wolf | xavier: xavi | yekaterina: katya | yevgeny: zhenya | yolanda: yoli |
yvonne: von | zachary: zach zack zac | zoe: zo
"""


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in _SHORT_FORMS.replace("\n", " ").split("|"):
        name, _, short = line.partition(":")
        table.setdefault(fold(name.strip()), set()).update(words(short))
    return {name: frozenset(short) for name, short in table.items()}


_TABLE = _table()


def is_short_form(word: str, name: str) -> bool:
    """Return whether people usually call somebody with a name by a word, both folded."""
    return word in _TABLE.get(name, ())


def is_given_name(word: str) -> bool:
    """Return whether a folded word is a given name that has usual short forms."""
    return word in _TABLE
