"""What the fictional archive is about: a mutual-aid team in a neighbourhood that does not exist.

Constants only. Every name of a person, place or organisation here is invented.
"""

from typing import NamedTuple

TITLE = "榕树里纪事（虚构示例）"
SUBTITLE = "一支不存在的互助队，一个不存在的社区"
ORGANISATION = "榕树里互助队（虚构）"
PLACE = "星河市榕树里社区（虚构）"
FICTION = "虚构示例，由 chronicle demo 生成，人和事都不是真的。"


class Measure(NamedTuple):
    """A measure of a task, its unit, and the size of a usual day."""

    id: str
    label: str
    unit: str
    usual: int
    aggregate: str = "sum"


class Task(NamedTuple):
    """A task, what people do in it, and what is counted."""

    id: str
    label: str
    titles: tuple[str, ...]
    deeds: tuple[str, ...]
    measures: tuple[Measure, ...]


TASKS = (
    Task(
        "cleaning",
        "清扫",
        ("清扫楼道", "雨后冲洗巷子", "清理天井的旧物", "疏通后巷的水沟"),
        (
            "从{place}的顶楼一层层扫下来，扶手也用湿布擦了",
            "把{place}堆了多年的旧木板搬走，腾出一条能过轮椅的路",
            "{place}的水沟堵着落叶，大家用竹片一点点挑开",
            "借来水管冲洗{place}，水顺着石板缝流了很远",
        ),
        (
            Measure("stairs_cleaned", "清扫楼道", "stair", 14),
            Measure("steps_per_member", "人均步数", "step", 9000, "max"),
        ),
    ),
    Task(
        "meals",
        "送餐",
        ("给独居老人送午饭", "中午的热饭", "雨天送餐", "食堂添了一样菜"),
        (
            "从社区食堂取了饭，用棉被裹着送到{place}",
            "{place}的几位老人说今天的汤正好，不咸",
            "有一户没人应门，等了一会儿，原来老人在{place}晒太阳",
            "新来的组员记不住门牌，就跟着老组员把{place}走了两遍",
        ),
        (
            Measure("meals_delivered", "送餐", "portion", 60),
            Measure("food_carried", "搬运粮油", "jin", 320),
        ),
    ),
    Task(
        "repair",
        "修缮",
        ("修楼道的灯", "补漏雨的屋檐", "加固旧扶手", "给铁门上油"),
        (
            "{place}的灯坏了半截，换好以后，晚归的人不用再打手电",
            "踩着梯子看了{place}的屋檐，先用油布盖住，等天晴再补",
            "{place}的扶手松了，用角铁固定，试着靠上去，不晃",
            "修完{place}，顺手把隔壁的门轴也上了油",
        ),
        (Measure("lamps_mended", "修好的灯", "lamp", 6),),
    ),
    Task(
        "visits",
        "探访",
        ("挨家问一问", "看望出院的街坊", "陪老人去配药", "节前走一走"),
        (
            "挨户问{place}的老人缺什么，多半说不缺，只是想有人坐坐",
            "在{place}陪一位奶奶说了半天话，听她讲从前的渡口",
            "一位大爷腿脚不便，两个人轮换着陪他从{place}走到卫生站",
            "把{place}各家要办的事记在本子上，回来分头去办",
        ),
        (Measure("homes_visited", "探访", "home-visit", 22),),
    ),
    Task(
        "lessons",
        "伴读",
        ("放学后的一张桌子", "暑假的读书角", "讲一道难题", "写毛笔字"),
        (
            "孩子们放学后到{place}写作业，安静得能听见翻书",
            "有个孩子算不出鸡兔同笼，大家用纽扣摆给他看",
            "{place}的读书角添了一盏灯，孩子们抢着坐那一头",
            "写完作业的孩子不肯走，在{place}帮着削铅笔",
        ),
        (Measure("children_taught", "伴读", "person-time", 12),),
    ),
    Task(
        "patrol",
        "夜巡",
        ("夜里走一圈", "台风前的巡查", "看看门窗和煤气", "除夕夜的一圈"),
        (
            "夜里绕{place}走了一圈，提醒两户把楼下的电动车挪开",
            "风大，把{place}松动的花盆一一搬下窗台",
            "{place}有一户忘了关煤气，敲门提醒，老人连声道谢",
            "走到{place}，几只猫跟了一路",
        ),
        (Measure("patrol_distance", "夜巡里程", "km", 4),),
    ),
    Task(
        "garden",
        "花圃",
        ("种下第一排月季", "给花圃松土", "收丝瓜", "移一棵小榕树"),
        (
            "在{place}松了土，街坊们从家里端来育好的苗",
            "{place}的丝瓜熟了，摘下来分给楼里的老人",
            "一场雨以后，{place}的草比花长得快，大家蹲着拔了一上午",
            "孩子们给{place}的每棵苗都写了名字，插在土里",
        ),
        (Measure("seedlings_planted", "种下的苗", "plant", 30),),
    ),
    Task(
        "meeting",
        "议事",
        ("榕树下开会", "排下个月的班", "商量雨季怎么办", "听街坊提意见"),
        (
            "在{place}坐了一圈，谁有话谁说，记在本子上",
            "有人提出把送餐的路线改一改，先到{place}，饭不容易凉",
            "大家商量{place}的晾衣绳怎么摆，让过路的人不用低头",
            "轮到年轻的组员主持，说得慢，但件件有着落",
        ),
        (),
    ),
)

UNITS = (
    {"id": "kg", "label": "公斤"},
    {"id": "jin", "label": "斤", "base": "kg", "factor": "0.5"},
    {"id": "km", "label": "公里"},
    {"id": "stair", "label": "个楼道"},
    {"id": "step", "label": "步"},
    {"id": "portion", "label": "份"},
    {"id": "lamp", "label": "盏"},
    {"id": "home-visit", "label": "户次"},
    {"id": "person-time", "label": "人次"},
    {"id": "plant", "label": "棵"},
    {"id": "piece", "label": "件"},
    {"id": "box", "label": "箱"},
    {"id": "volume", "label": "册"},
)
PLACES = {
    "old-banyan": "老榕树下",
    "east-lane": "东巷",
    "west-lane": "西巷",
    "ferry-steps": "渡口台阶",
    "canteen": "社区食堂",
    "reading-corner": "读书角",
    "clinic": "卫生站",
    "courtyard-three": "三号天井",
    "roof-garden": "屋顶花圃",
    "bell-tower": "钟楼脚下",
}
CATEGORIES = {"food": "食品", "tools": "工具", "books": "书籍文具", "bedding": "被褥衣物"}
BATCHES = {"founders": "发起人", "joiners": "后来加入", "youth": "青年组"}
ITEMS = (
    ("大米", "food", "kg", 200),
    ("鸡蛋", "food", "box", 20),
    ("面条", "food", "kg", 60),
    ("雨衣", "bedding", "piece", 40),
    ("棉被", "bedding", "piece", 15),
    ("图书", "books", "volume", 120),
    ("练习本", "books", "volume", 300),
    ("灯泡", "tools", "piece", 50),
    ("扫帚", "tools", "piece", 24),
)
DONORS = (
    ("星河粮油店（虚构）", "enterprise"),
    ("三江五金行（虚构）", "enterprise"),
    ("榕树里居民（虚构）", "individual"),
    ("星河市青年读书会（虚构）", "organisation"),
    ("榕树里街道办（虚构）", "government"),
)
SURNAMES = {
    "林": "lin", "陈": "chen", "黄": "huang", "周": "zhou", "吴": "wu", "许": "xu", "何": "he",
    "沈": "shen", "梁": "liang", "苏": "su", "方": "fang", "叶": "ye", "江": "jiang", "石": "shi",
}  # fmt: skip
GIVEN = {
    "望": "wang", "禾": "he", "听": "ting", "澜": "lan", "舟": "zhou", "穗": "sui", "远": "yuan",
    "青": "qing", "朴": "pu", "岸": "an", "苇": "wei", "棠": "tang", "默": "mo", "星": "xing",
    "溪": "xi", "竹": "zhu",
}  # fmt: skip
OPENINGS = (
    "{weather}，大家在{place}碰头，分了工就动手。",
    "{weather}。约好的时辰还没到，{place}已经站了几个人。",
    "前一天说定的事，今天接着做，仍从{place}开始。",
    "{weather}，原以为来的人会少，到{place}一看，反倒多了两位街坊。",
)
WEATHER = ("天刚放晴", "一早起雾", "雨下得细", "北风很紧", "日头毒得很", "夜里落过霜", "天气闷热")
CLOSINGS = (
    "收工时天已经黑了，{who}在路口等着，递来一壶热茶。",
    "回来的路上，{who}说下回也要一起来。",
    "临走前把工具清点了一遍，少的一把是{who}借去用了。",
    "{who}看着看着也挽起袖子，说坐着反倒冷。",
    "本子上又添了两件事，明天再做。",
)
BYSTANDERS = ("一位买菜的大姐", "看门的大爷", "几个放学的孩子", "楼上的奶奶", "修鞋的师傅")
SAYINGS = (
    "慢一点不要紧，别漏了人。",
    "有人来敲门，屋里就不冷。",
    "灯亮了，心里也踏实。",
    "这条巷子，还是走的人多才好。",
    "我也能帮忙，叫我一声就行。",
    "饭是热的，话也是热的。",
)
TALES = (
    "那天下大雨，{place}积了水，我正发愁怎么出门，他们把饭送了来，裤腿湿到膝盖。",
    "我在这里住了大半辈子，从前{place}有一口井，现在井没有了，人还在。",
    "孩子不肯写字，到{place}跟着大家坐了几回，回家自己就把纸铺开了。",
    "老伴走了以后，我不大出门。他们每回路过{place}都叫我一声，后来我就等着那一声。",
    "{place}的灯坏了很久，我以为没人管了。修好的那晚，我站在楼下看了一会儿。",
)
TALE_ENDS = (
    "话不多，记着就好。",
    "我没有什么能给的，种了些葱，谁要谁来摘。",
    "以后谁问起来，我就说，有过这么一群人。",
)
