"""What the leak check knows of words: short names, names that are words, and what tells a topic."""

from collections.abc import Mapping
from typing import Final

from cmdesk.rules.logline_names import COMMON
from cmdesk.rules.topic_words import WORDS
from cmdesk.rules.topics import Topic

# What people are called besides the name on record. Both ways: Liz may be written Elizabeth.
SHORT_NAMES: Final[Mapping[str, str]] = {
    "abigail": "abby", "alexander": "alex sasha", "alexandra": "alex sasha", "alejandro": "alex",
    "amanda": "mandy", "andrew": "andy drew", "anthony": "tony", "antonio": "tony tonio",
    "barbara": "barb", "benjamin": "ben benny", "bradley": "brad", "cameron": "cam",
    "catherine": "cathy kate katie", "charles": "charlie chuck", "christina": "chris tina",
    "christine": "chris", "christopher": "chris", "cynthia": "cindy", "daniel": "dan danny",
    "david": "dave davey", "deborah": "deb debbie", "diana": "di", "diane": "di",
    "donald": "don donnie", "dorothy": "dot dottie", "edward": "ed eddie ned ted",
    "eleanor": "ellie nell", "elizabeth": "liz lizzie beth betty eliza libby",
    "emily": "em", "francis": "frank", "francisco": "paco pancho", "frederick": "fred freddie",
    "gabriel": "gabe", "gerald": "gerry jerry", "gregory": "greg", "guadalupe": "lupe",
    "gwendolyn": "gwen", "harold": "harry", "henry": "hank harry", "isabella": "bella izzy",
    "jacob": "jake", "james": "jim jimmy jamie", "jeffrey": "jeff", "jennifer": "jen jenny",
    "jessica": "jess jessie", "jesus": "chuy", "john": "johnny jack", "jonathan": "jon",
    "jose": "pepe", "joseph": "joe joey", "joshua": "josh", "katherine": "kate kathy katie kat",
    "kathleen": "kate kathy katie", "kenneth": "ken kenny", "kimberly": "kim", "lawrence": "larry",
    "leonard": "len lenny", "margaret": "maggie meg peggy", "matthew": "matt",
    "melissa": "mel missy", "michael": "mike mikey", "michelle": "shelly", "nathan": "nate",
    "nathaniel": "nate", "nicholas": "nick nicky", "nicole": "nikki", "olivia": "liv livvy",
    "pamela": "pam", "patricia": "pat patty trish", "patrick": "pat paddy", "peter": "pete",
    "philip": "phil", "rachel": "rach", "raymond": "ray", "rebecca": "becca becky",
    "richard": "rick ricky dick richie", "robert": "bob bobby rob robbie", "ronald": "ron ronnie",
    "rosario": "charo", "samantha": "sam sammy", "samuel": "sam sammy", "sandra": "sandy",
    "sarah": "sally", "solomon": "sol", "stephanie": "steph", "stephen": "steve stevie",
    "steven": "steve stevie", "susan": "sue susie", "suzanne": "sue", "teresa": "terry tess",
    "theodore": "ted teddy theo", "theresa": "terry tess", "thomas": "tom tommy",
    "timothy": "tim timmy", "veronica": "ronnie", "victoria": "vicky tori", "vincent": "vince",
    "virginia": "ginny", "walter": "walt", "william": "will bill billy willy liam",
    "zachary": "zach zack",
    "albert": "bert", "alberto": "beto", "alfred": "fred", "allison": "ally", "angela": "angie",
    "arthur": "art artie", "bernard": "bernie", "caroline": "carrie", "charlotte": "lottie",
    "dolores": "lola", "dominic": "nick", "eduardo": "lalo", "enrique": "quique kike",
    "eugene": "gene", "evelyn": "evie", "fernando": "nando fer", "gabriela": "gabi gaby",
    "gabriella": "gabby", "geoffrey": "geoff", "gilbert": "gil", "graciela": "chela",
    "guillermo": "memo guille", "ignacio": "nacho", "isaac": "ike", "isabel": "isa",
    "jacqueline": "jackie", "javier": "javi", "josephine": "josie", "judith": "judy",
    "kathryn": "kate kathy katie", "leonardo": "leo", "lillian": "lily", "louis": "lou",
    "louise": "lou", "mackenzie": "kenzie", "madeline": "maddie", "madison": "maddie",
    "manuel": "manny manolo manu", "martin": "marty", "maximilian": "max", "maxwell": "max",
    "mercedes": "meche", "mitchell": "mitch", "oliver": "ollie", "penelope": "penny",
    "rafael": "rafa", "reginald": "reggie", "roberto": "beto", "rodney": "rod",
    "russell": "russ", "santiago": "santi", "sebastian": "seb sebas", "sophia": "sophie",
    "stanley": "stan", "tamara": "tammy", "terrence": "terry", "tobias": "toby",
    "valerie": "val", "vivian": "viv", "wesley": "wes", "yolanda": "yoli",
}  # fmt: skip

# Names that are everyday words too, besides those the log line knows: a capital makes them one.
_ALSO_WORDS: Final = """
    april august autumn baker banks bass bay best bishop black bliss blue bond bright brook
    brooks brown bush butler carter case charity chase christian church clay coach cole constant
    cook cooper crystal daisy dale dawn dean destiny do drew early earnest ever faith farmer
    field fields fisher flora flores forest fortune fox frank friend gay gene ginger glass glory
    grant gray green grey guy hall hand hardy harmony harper haven hazel heath heaven holiday
    holly honey hunt hunter ivy jade jasmine jean jewel journey jordan june justice king knight
    lake lane law lee lily link little love luna major marshall martin mason melody mercy miles
    miller misty moody moon moss noble north olive page park parks patience peace pearl penny
    pepper piper poole pope porter potter precious price prince promise prudence queen rain
    randy reed rice rio rivers robin rock rocky rod rosemary ruby ruth rush sage sandy savage
    scout serenity shade sharp shepherd short sierra sky smart smith snow spencer spring star
    sterling stone storm street strong sue summer sunny sweet taylor tanner temple trace travel
    treasure tree trinity true turner victor violet virtue walker wallace ward waters weaver
    welcome west white wilder winter wise wolf wood woods worth young art bob buck buddy carol
    chip chuck dick don dot herb jack jerry jimmy john josh ken lance les mac max mike miss mo
    monday nan nick norm pa pop sally sol sunday ted tom tony tuck wade ward friday saturday luz
    paz rey mesa cruz campo campos bueno blanco calle domingo mercedes consuelo dolores sol mar
    leal rosa
    angel archer ash ball barber barley barn bath beach bean beard bell berry bird bolt book boot
    bow bowl branch brand brewer bridge bridges broad broom burns camp cane cannon canyon cash
    castle chambers cherry cliff close cloud coffee comfort cotton counts court cove crane creek
    cross crow crown curry darling dew dill dove drake driver duke dusty easter ebony eden english
    eve fair fawn feather fern finch fish flood flowers foster french friends frost gale games
    garden gardener gates gem gift gill gold golden goodman grove guest hammer hatch hawk hay head
    heard heather hero high hill hills hood hook horn house hull iris joiner keen key keys kitchen
    lamb lark lawn leaf lemon light lord low lunch meadow meadows mills minor money monk nail noon
    nurse oaks ocean opal painter paradise parish parson past plant plum pond pool poppy post
    pride raven read reader reason riches rider ring road roads roman royal rusty sailor sands
    self sheets shell shields shore sides simple singer slate small song south spark sparks
    speaker speed spice stage stark steel stern story stout sun swan swift teal thorn tower towns
    tuesday twist unity vale wall walls ways weeks wells wheel willow wills wind winters words
    wren yard bert gil lou memo nacho val"""
WORDS_TOO: Final = COMMON.union(_ALSO_WORDS.split())
MONTHS: Final = frozenset({"april", "may", "june", "august"})
_BEFORE_A_MONTH_WORDS: Final = """
    in on by of from until till since through before after during for early late mid next last
    this end monday tuesday wednesday thursday friday saturday sunday 1st"""
BEFORE_A_MONTH: Final = frozenset(_BEFORE_A_MONTH_WORDS.split())
# After these a word at the head of a sentence is no name: "Will you", "May I", "Hope this".
_NO_NAME_BEFORE_WORDS: Final = """
    i you he she it we they who there the a an to of that this these those your her his my our
    their its for in on at by from with into up out down people not all any some so if when"""
NO_NAME_BEFORE: Final = frozenset(_NO_NAME_BEFORE_WORDS.split())
# At the head of a sentence these are never taken for a name by itself: An, In, Do, So.
_NO_NAME_FIRST_WORDS: Final = "do no is are am be as or and but then now how what why than us me"
NO_NAME_FIRST: Final = NO_NAME_BEFORE.union(_NO_NAME_FIRST_WORDS.split())
# Small words inside family names, which name nobody by themselves.
_PARTICLES_WORDS: Final = """
    al abu ben bin bint da de del della der des di dos du el ibn la las le los mac mc nee o
    saint san santa st ter the van vel von y zu"""
PARTICLES: Final = frozenset(_PARTICLES_WORDS.split())

# What suggests a topic while one logs and is said of any week all the same: nothing to stop for.
_EVERYDAY_WORDS: Final = """
    911 988 504 a-b absent accident aa admission admission* admitted admit airport appeal*
    appetite approved arriv* arrival assessments at attend* bills budget* calm calmer campus
    claim claims class classes college cost costs crises crisis cutting denied depart* doctor
    drive drives driving drink drinks drinking drank enrol* family father fee fees fever flight*
    flu goal goals gun harming headache* hearing homework hospital* hopeful hous* housing
    illness improv* injur* intake insur* internship* itinerary job jobs judge lab labs mg
    milestone* mom mood mother motivat* dad parent parents sister brother sibling* aunt uncle
    grandmother grandfather grandparent* stepfather stepmother stepdad stepmom husband wife
    spouse neglect* nausea payment* physician dental dentist pickup police plan professor
    progress* recovery rent rental residential resume ride roommate* housemate* safety schedul*
    reschedul* school semester shelter sleep sleeping sleeps slept sponsor supervisor* coworker*
    surgery surgical teacher testing therap* threat* travel* treatment* discharg* aftercare php
    iop tutor* univers* employ* employer transcript* unsafe vitals weed weight apartment*
    allerg* substance* graduat* court courts lawyer* attorney* iq curricul* tenant* sublet
    mental covid concussion asthma"""
EVERYDAY: Final = frozenset(_EVERYDAY_WORDS.split())
TELLING: Final[Mapping[Topic, tuple[str, ...]]] = {
    topic: kept
    for topic, listed in WORDS.items()
    if (kept := tuple(word for word in listed.split() if word not in EVERYDAY))
}
# To a school or an employer these tell of treatment, however everyday they are to a family.
CARE: Final = (
    "treatment", "therapy", "therapist", "therapists", "psychiatrist", "clinic", "rehab", "detox",
    "residential", "inpatient", "outpatient", "iop", "php", "partial hospitalization",
    "intensive outpatient", "withdrawal management", "recovery residence", "recovery house",
    "sober living", "halfway house", "discharge", "discharged", "aftercare", "sobriety",
    "tratamiento", "terapia", "terapeuta", "residencial", "hospitalización", "rehabilitación",
    "centro de recuperación",
)  # fmt: skip
# Said of medicines at large; whatever else is listed under medication is the name of one.
NO_MEDICINE: Final = frozenset(
    {"medication*", "meds", "med", "dose", "doses", "dosage", "pill", "pills", "prescri*",
     "refill*", "pharmac*", "taper*", "titrat*"}
)  # fmt: skip

# The head of a medicine's name that names none by itself: "Vitamin D", "St. John's wort".
_NO_MEDICINE_ALONE_WORDS: Final = """
    vitamin vitamins multivitamin birth medical folic omega baby cod krill allergy cough pain
    extended slow children adult daily prenatal hormone nasal oral evening saw tea green lemon"""
NO_MEDICINE_ALONE: Final = frozenset(_NO_MEDICINE_ALONE_WORDS.split())

# The head of a program's name that names none by itself: what kind it is, and where.
_NO_PROGRAM_ALONE_WORDS: Final = """
    academy acute addiction adolescent adult alcohol alternative american associates behavioral
    behavioural campus casa catholic center centers central centre centro children childrens city
    clinic clinica clinical college community comprehensive counseling counselling county crisis
    detox district dual eastern family first foundation general group halfway harbor health
    healthcare healing home hospital house institute instituto integrated integrative intensive
    jewish lakeside life living lutheran main medical memorial mental methodist metro metropolitan
    mindful mount national nuestra nueva nuevo open outpatient partial path pathway pathways premier
    primary private program programa providence psychiatric public recovery regional rehab
    rehabilitation residential riverside school second serene sober social southern state step
    therapeutic therapy transitional treatment united universal university valley veterans village
    wellness western women womens youth
    alabama alaska arizona arkansas atlanta austin baltimore boston brooklyn buffalo california
    carolina chicago cleveland colorado connecticut dallas delaware denver detroit england florida
    georgia hawaii houston idaho illinois indiana iowa jersey kansas kentucky louisiana maine
    malibu manhattan maryland massachusetts memphis miami michigan minneapolis minnesota mississippi
    missouri montana nashville nebraska nevada hampshire mexico york ohio oklahoma oregon orlando
    pennsylvania philadelphia phoenix pittsburgh portland queens bronx sacramento seattle tampa
    tennessee texas tucson utah vermont virginia washington wisconsin wyoming atlantic pacific
    europe europa tuesday wednesday thursday"""
NO_PROGRAM_ALONE: Final = frozenset(_NO_PROGRAM_ALONE_WORDS.split())

__all__ = [
    "BEFORE_A_MONTH", "CARE", "EVERYDAY", "MONTHS", "NO_MEDICINE", "NO_MEDICINE_ALONE",
    "NO_NAME_BEFORE", "NO_NAME_FIRST", "NO_PROGRAM_ALONE", "PARTICLES", "SHORT_NAMES", "TELLING",
    "WORDS_TOO",
]  # fmt: skip
