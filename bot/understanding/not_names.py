"""Words and pairs of letters that look like a name or like initials and are none."""

#: Words with a capital that are nobody's name.
NO_NAMES = frozenset(
    """school clinic class year key tier trust hub primary secondary academy college autumn spring
    summer early maths math english reading writing phonics spelling working party autism support
    speech language sensory needs anxiety adaptive network meeting training visit teach teacher
    teaching assistant head headteacher lead leader coordinator pastoral join joint date dates
    coaching review toolkit the our my book any can for help send what when which how in and with on
    at is it he she they we you this that these those there here has have had will would could should
    please thanks thank hello dear hi morning afternoon evening monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october
    november december english polish romanian urdu punjabi arabic somali french german spanish welsh
    irish british asian muslim christian catholic sikh hindu jewish pupil pupils child children boy
    girl student learner parents parent mum dad staff colleague senco sendco ehcp iep send sen adhd
    semh slcn dld dcd ks eyfs sats camhs salt ofsted inset dsl ta hlta teams zoom outlook excel word
    google microsoft makaton widgit numicon boxall elsa pecs twinkl lego chromebook ipad minecraft
    roblox christmas easter eid diwali ramadan science history geography music art drama computing
    design technology religious education physical personal social health rapid advice whole quality
    assurance graduated response approach targets target annual report plan profile assessment
    provision map mapping action one page template notes register curriculum subject deputy governor
    principal executive chief officer room hall library hub partner strand session workshop course
    module induction refresher re about from to of if but not no yes all some more most many new old
    why who where whose while since after before as by be are was were do does did let put move add
    take make tell ask show see need want looking teacher's everyone somebody nobody half term week
    foundation nurture resource base unit department office reception nursery attendance behaviour
    times tables rock stars anglo saxon saxons ancient egypt egyptians greece greeks rome romans
    vikings tudors stone bronze iron age world war great fire forest black every counts catch talk
    inclusion communication interaction cognition learning dyslexia dyspraxia lexia nessy clicker
    numicon dynamo hegarty sparx seesaw tapestry arbor bromcom mathletics purple mash her his him its hers theirs own""".split()  # noqa: SIM905
)
#: Two capitals that stand for a job, a subject or a thing.
NOT_INITIALS = frozenset(
    """ta ht dt re pe it ey ks ar hi vi mi ot ad id uk eu us tv pc ok cp la pp ep sl cl fs ss gd eh sp
    dv ai qa pm am dh ah ao bm pa cv hr ip pd ps al am an as at be by do go he if in is me my no of oh
    on or so to up we fm gp pr hq bt vr cd dj ct mp nb ie eg vs st rd wc wt gt ed""".split()  # noqa: SIM905
)
#: Two small letters that are a word, or short for one.
NOT_LOW_INITIALS = NOT_INITIALS | frozenset(
    """ya ye yo ma im ur id ill mr ms dr sr jr un aw ax em en er ex fa ha hm ho lo mm mu na ne nu od oi
    om op os ow ox oy pi qi sh si te ti um wo xi xu za wk yr hw pl rn iv ve ll re ch th nd rd al et km
    cm mm kg ml hr hi ok kk np ty tx bc cs cu da de dw eg gr il ki li nt tb tt ww xx lb""".split()  # noqa: SIM905
)
