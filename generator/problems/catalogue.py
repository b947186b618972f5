"""The codes of findings that any record can have; each record kind declares its own beside its fields.

Declared once, never reused: three letters for the subject, three digits. The contributor docs and
the reporters read them from here.
"""

from generator.problems.problem import Bilingual as Both
from generator.problems.problem import Code, Severity

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
_NO_HINT = Both("", "")

YML001 = Code(
    "YML001",
    ERROR,
    Both("读不懂的 YAML", "YAML that cannot be read"),
    Both("这里读不懂：{detail_zh}", "this is not valid YAML: {detail_en}"),
    Both(
        "看看这一行和上一行：缩进是否对齐、引号和括号是否成对。",
        "look at this line and the one above: indentation aligned, quotes and brackets in pairs?",
    ),
    Both(
        "一个文件读不懂，里面的记录就进不了网站；其他文件照常检查。",
        "A file that cannot be read gives no record; all other files are still checked.",
    ),
)
YML002 = Code(
    "YML002",
    ERROR,
    Both("同一个字段写了两次", "A field given twice"),
    Both(
        "字段 “{key}” 在第 {first} 行已经写过。", "field “{key}” was already given on line {first}."
    ),
    Both("留下一个，删去另一个。", "keep one of the two."),
    Both(
        "两个值只能留一个，程序不替人选。",
        "Only one value can be meant, and the program does not choose.",
    ),
)
YML003 = Code(
    "YML003",
    ERROR,
    Both("文件不是 UTF-8 编码", "The file is not UTF-8"),
    Both(
        "文件不是 UTF-8 编码，看起来是{encoding_zh}。",
        "the file is not UTF-8; it looks like {encoding_en}.",
    ),
    Both("用编辑器“另存为”，编码选 UTF-8。", "save it again with the encoding UTF-8."),
    Both(
        "不同电脑的默认编码不同，只有 UTF-8 处处读得出中文。",
        "Default encodings differ between computers; only UTF-8 reads the same everywhere.",
    ),
)
YML004 = Code(
    "YML004",
    ERROR,
    Both("文件超出限度", "The file is beyond the limits"),
    Both("{what_zh}超出限度（最多 {limit}）。", "{what_en} beyond the limit ({limit})."),
    Both("把内容拆成几个记录。", "split the content into several records."),
    Both(
        "一条记录是一天里的一件事；限度保护所有人不被一个坏文件拖垮。",
        "A record is one thing on one day; limits keep one bad file from stopping everybody.",
    ),
)
YML005 = Code(
    "YML005",
    ERROR,
    Both("不能用 YAML 标签", "YAML tags are not used"),
    Both("不认识的标记 “{tag}”。", "tag “{tag}” is not allowed."),
    Both(
        "删去以 ! 开头的部分；文字里要用 ! 就加引号。",
        "remove it, or quote the text that begins with “!”.",
    ),
    Both(
        "标签能让别的程序执行代码，记录里用不着。",
        "Tags can make programs run code; records need none.",
    ),
)
YML006 = Code(
    "YML006",
    ERROR,
    Both("全角标点当了语法", "Full-width punctuation used as syntax"),
    Both(
        "这里的 “{found}” 是全角的，YAML 只认半角 “{wanted}”。",
        "“{found}” is full-width; YAML needs “{wanted}”.",
    ),
    Both("改成：{suggestion}", "write: {suggestion}"),
    Both(
        "中文输入法下打出的冒号、逗号、括号和半角的长得像，程序却不认。",
        "A Chinese input method types marks that look alike but are other characters.",
    ),
)
YML007 = Code(
    "YML007",
    ERROR,
    Both("冒号后面少一个空格", "A space is missing after the colon"),
    Both("“{found}” 的冒号后面要有一个空格。", "a space is needed after the colon in “{found}”."),
    Both("改成：{suggestion}", "write: {suggestion}"),
    Both(
        "YAML 靠冒号加空格分开字段和值。", "YAML separates field and value by a colon and a space."
    ),
)
YML008 = Code(
    "YML008",
    ERROR,
    Both("用了制表符缩进", "Indented with a tab"),
    Both(
        "这一行用 Tab 缩进，YAML 只认空格。", "this line is indented with a tab; YAML needs spaces."
    ),
    Both("把 Tab 换成两个空格。", "replace the tab by two spaces."),
    Both(
        "制表符在各处宽窄不一，YAML 因此不许。",
        "Tabs differ in width everywhere, so YAML forbids them.",
    ),
)
YML009 = Code(
    "YML009",
    ERROR,
    Both("不是“字段: 值”", "Not “field: value”"),
    Both(
        "这里应该是一行行的“字段: 值”，现在是{found_zh}。",
        "expected lines of “field: value”, found {found_en}.",
    ),
    Both("照着别的记录写，或用示例文件改。", "copy an existing record and change it."),
    Both("每条记录是一组字段。", "Every record is a set of fields."),
)
YML010 = Code(
    "YML010",
    ERROR,
    Both("读不到文件", "The file cannot be read"),
    Both("读不到这个文件：{detail}", "the file cannot be read: {detail}"),
    Both("看看文件还在不在、能不能打开。", "check that it is there and may be opened."),
    Both("记录必须读得到才能检查。", "A record has to be readable to be checked."),
)
YML011 = Code(
    "YML011",
    ERROR,
    Both("短横后面少一个空格", "A space is missing after the dash"),
    Both("“{found}” 的短横后面要有一个空格。", "a space is needed after the dash in “{found}”."),
    Both("改成：{suggestion}", "write: {suggestion}"),
    Both("列表的每一项以短横加空格开头。", "Each entry of a list begins with a dash and a space."),
)

FLD001 = Code(
    "FLD001",
    ERROR,
    Both("缺少必填的字段", "A required field is missing"),
    Both("缺少 “{field}”（{meaning_zh}）。", "“{field}” is missing ({meaning_en})."),
    Both("加上一行：{field}: …", "add a line: {field}: …"),
    Both("没有它，这条记录的意思就不完整。", "Without it the record does not say enough."),
)
FLD002 = Code(
    "FLD002",
    ERROR,
    Both("没有这个字段", "There is no such field"),
    Both("没有 “{field}” 这个字段。{near_zh}", "there is no field “{field}”. {near_en}"),
    Both("这里可以用的字段：{known}", "fields that can stand here: {known}"),
    Both(
        "写错名字的字段会被悄悄丢掉，所以一律指出。",
        "A misspelt field would be lost in silence, so it is always named.",
    ),
)
FLD003 = Code(
    "FLD003",
    ERROR,
    Both("值的样子不对", "The value has the wrong form"),
    Both(
        "“{field}” 应该是{wanted_zh}，现在是 “{found}”。",
        "“{field}” should be {wanted_en}, found “{found}”.",
    ),
    _NO_HINT,
    Both("字段决定值怎样读。", "The field decides how its value is read."),
)
FLD004 = Code(
    "FLD004",
    ERROR,
    Both("不在可选的值里", "Not one of the choices"),
    Both("“{field}” 不能是 “{found}”。{near_zh}", "“{field}” cannot be “{found}”. {near_en}"),
    Both("可以写：{known}", "choose from: {known}"),
    Both("这些值是全站统一的分类。", "These values are categories shared by the whole site."),
)
FLD005 = Code(
    "FLD005",
    ERROR,
    Both("必填的字段还空着", "A required field is left blank"),
    Both("“{field}” 还没有填（{meaning_zh}）。", "“{field}” is still blank ({meaning_en})."),
    Both("{choices_zh}", "{choices_en}"),
    Both("没有它，这条记录的意思就不完整。", "Without it the record does not say enough."),
)
IDN001 = Code(
    "IDN001",
    ERROR,
    Both("文件名不能做编号", "The file name cannot be an id"),
    Both("文件名 “{stem}” 不能做编号。", "the file name “{stem}” cannot be an id."),
    Both(
        "只用小写字母、数字和连字符，例如 {suggestion}.yml。",
        "use lower-case letters, digits and hyphens, e.g. {suggestion}.yml.",
    ),
    Both(
        "编号会成为网址的一部分，要处处可用。",
        "The id becomes part of an address and has to work everywhere.",
    ),
)
IDN002 = Code(
    "IDN002",
    ERROR,
    Both("编号重复", "An id is used twice"),
    Both("编号 “{id}” 已经被 {other} 用了。", "the id “{id}” is already used by {other}."),
    Both("给其中一个文件换个名字。", "rename one of the two files."),
    Both("一个编号只能指一条记录。", "An id names exactly one record."),
)
IDN003 = Code(
    "IDN003",
    WARNING,
    Both("不认识的文件", "An unexpected file"),
    Both("{path} 不是记录，不会被读取。", "{path} is not a record and is not read."),
    Both(
        "记录的文件名以 .yml 结尾，放在 members、activities、donations、stories 或 sources 里。",
        "records end in .yml and lie in members, activities, donations, stories or sources.",
    ),
    Both(
        "放错地方的文件会悄悄不见，所以指出。",
        "A misplaced file would vanish in silence, so it is named.",
    ),
)
IDN004 = Code(
    "IDN004",
    ERROR,
    Both("记录文件的扩展名不对", "A record with the wrong extension"),
    Both(
        "“{name}” 多半是一条记录，但扩展名不是 .yml，读不到。",
        "“{name}” looks like a record, but does not end in .yml.",
    ),
    Both(
        "改名为 {suggestion}（在资源管理器里先打开“显示文件扩展名”）。",
        "rename it to {suggestion} (let the file manager show extensions first).",
    ),
    Both("记事本会在名字后面悄悄加上 .txt。", "Editors may add .txt to a name in silence."),
)
IDN005 = Code(
    "IDN005",
    ERROR,
    Both("网站自己要用的位置", "A place that the site itself needs"),
    Both(
        "网站把自己做的页面和文件放在 “{name}”，手写的文件不能放在这里。",
        "“{name}” is where the site puts what it makes itself; no hand-written file can lie there.",
    ),
    Both("换一个文件夹，或换一个名字。", "move it to another folder, or rename it."),
    Both(
        "两份内容抢同一个网址，总有一份会不见。",
        "Of two contents with one address, one would be lost.",
    ),
)
IDN006 = Code(
    "IDN006",
    ERROR,
    Both("文件名不是 UTF-8 编码", "A file name that is not UTF-8"),
    Both(
        "文件名不是 UTF-8 编码，做不成网址。",
        "the file name is not UTF-8 and cannot become an address.",
    ),
    Both(
        "给它改个名字；是从压缩包里解开的，就指明编码再解一次，例如 unzip -O GBK。",
        "rename it; if it was packed, unpack it once more and name the encoding: unzip -O GBK.",
    ),
    Both(
        "压缩包里的中文文件名常常用旧的编码，别的电脑读不出来。",
        "Packed Chinese file names are often in an old encoding that other computers cannot read.",
    ),
)
REF001 = Code(
    "REF001",
    ERROR,
    Both("指向不存在的记录", "A reference to nothing"),
    Both("没有{kind_zh} “{id}”。{near_zh}", "there is no {kind_en} “{id}”. {near_en}"),
    _NO_HINT,
    Both("网站上的每个链接都要有去处。", "Every link of the site has to lead somewhere."),
)
DAT001 = Code(
    "DAT001",
    ERROR,
    Both("看不懂的日期", "A date that cannot be read"),
    Both("看不懂日期 “{found}”。{near_zh}", "“{found}” is not a date we know. {near_en}"),
    Both(
        "写 2020-03-04；只知道月份写 2020-03；一段时间写 2020-03-01/2020-03-05；其中某一天写 [2020-03-01..2020-03-05]。",
        "write 2020-03-04; a month 2020-03; a period 2020-03-01/2020-03-05; one day of several [2020-03-01..2020-03-05].",
    ),
    Both(
        "日期按 EDTF（ISO 8601-2）书写，才能排序并如实说明不确定。",
        "Dates follow EDTF (ISO 8601-2) so that they sort and say honestly how sure they are.",
    ),
)
DAT002 = Code(
    "DAT002",
    WARNING,
    Both("日期在档案的起止之外", "A date outside the archive's period"),
    Both(
        "{date} 不在档案的起止时间（{period}）之内。",
        "{date} lies outside the archive's period ({period}).",
    ),
    Both(
        "核对日期；确实如此就改 archive.yml 的 period。",
        "check it, or widen period in archive.yml.",
    ),
    Both("多半是年份写错。", "Most often the year is wrong."),
)
DAT004 = Code(
    "DAT004",
    NOTE,
    Both("有的日子没有记录", "Days without an entry"),
    Both("起止时间里有 {n} 天没有记录：{days}", "{n} days of the period have no entry: {days}"),
    Both("想起来的人可以补上。", "whoever remembers can add them."),
    Both("空着的日子读者也看得见。", "Readers see the empty days too."),
)
DAT003 = Code(
    "DAT003",
    NOTE,
    Both("不知道是哪一天", "The day is not known"),
    Both("日期只知道是{words_zh}。", "the day is only known as: {words_en}."),
    Both("知道是哪天的人可以补上。", "whoever knows the day can add it."),
    Both("诚实的不确定好过编造的日子。", "An honest gap is better than an invented day."),
)
QTY001 = Code(
    "QTY001",
    ERROR,
    Both("看不懂的数量", "A quantity that cannot be read"),
    Both("看不懂数量 “{found}”。{near_zh}", "“{found}” is not a quantity we know. {near_en}"),
    Both(
        "写 406、约700、8000多、900余、近100 或 400-500；单位另写在 unit 里。",
        "write 406, 约700, 8000多, 900余, 近100 or 400-500; the unit goes into `unit`.",
    ),
    Both(
        "数量要能相加，又不能比知道的多说。",
        "Quantities have to add up without claiming more than is known.",
    ),
)
IMG001 = Code(
    "IMG001",
    ERROR,
    Both("照片用不了", "The photograph cannot be used"),
    Both("照片 “{file}” {reason_zh}", "photograph “{file}” {reason_en}"),
    Both("{remedy_zh}", "{remedy_en}"),
    Both("破图比没有图更伤读者。", "A broken picture is worse than none."),
)
IMG002 = Code(
    "IMG002",
    WARNING,
    Both("没有记录用到这张照片", "A photograph nobody uses"),
    Both("没有哪条记录用到这张照片。", "no record uses this photograph."),
    Both(
        "在记录的 photos 里写上它，或把文件移走。",
        "name it under photos in a record, or move it away.",
    ),
    Both(
        "忘了登记的照片不会出现在网站上。",
        "A photograph without a record does not appear on the site.",
    ),
)
IMG003 = Code(
    "IMG003",
    NOTE,
    Both("原片未入藏", "The original is not held"),
    Both("{title}：没有原片{instead_zh}。", "{title}: the original is not held{instead_en}."),
    Both(
        "找到原片后放进 photos/，改写 file。",
        "when it turns up, put it under photos/ and change `file`.",
    ),
    Both(
        "读者该知道看到的是照片还是示意图。",
        "Readers should know whether they see a photograph or a drawing.",
    ),
)
IMG004 = Code(
    "IMG004",
    NOTE,
    Both("照片没有替代文字", "No alternative text"),
    Both("照片 “{title}” 没有 alt。", "photograph “{title}” has no alt."),
    Both("用一句话写出画面，给看不见的人听。", "say in one sentence what is to be seen."),
    Both(
        "替代文字让看不见图的人也能读。",
        "Alternative text lets those who cannot see the picture read it.",
    ),
)
IMG005 = Code(
    "IMG005",
    ERROR,
    Both("照片编号重复", "A photograph id used twice"),
    Both(
        "照片编号 “{id}” 在 {other} 里已经用了。",
        "the photograph id “{id}” is already used in {other}.",
    ),
    Both("换一个 id。", "choose another id."),
    Both("一张照片一页，一页一个网址。", "One photograph, one page, one address."),
)
IMG006 = Code(
    "IMG006",
    NOTE,
    Both("图注六要素不全", "Caption elements are missing"),
    Both("照片 “{title}” 还缺{missing_zh}。", "photograph “{title}” lacks {missing_en}."),
    Both("知道的就补上，不知道的留空。", "add what is known, leave open what is not."),
    Both(
        "档案照片的说明有六个要素：事由、时间、地点、人物、背景、摄影者（DA/T 50-2014）。",
        "An archive photograph is described by event, time, place, people, background and photographer (DA/T 50-2014).",
    ),
)
EXP001 = Code(
    "EXP001",
    ERROR,
    Both("正文里的表达式有误", "A mistake in an expression"),
    Both("表达式有误：{detail}", "the expression is wrong: {detail}"),
    Both("{remedy_zh}", "{remedy_en}"),
    Both(
        "正文里的数字和链接都来自记录，表达式错了就没有来处。",
        "Figures and links in prose come from records; a wrong expression has no source.",
    ),
)
SET001 = Code(
    "SET001",
    ERROR,
    Both("mkdocs.yml 的设置不对", "A wrong setting in mkdocs.yml"),
    Both(
        "mkdocs.yml 里 chronicle 的设置不对：{detail}",
        "wrong setting of chronicle in mkdocs.yml: {detail}",
    ),
    _NO_HINT,
    Both("设置决定读哪里、写哪里。", "Settings say what is read and written where."),
)
SET002 = Code(
    "SET002",
    ERROR,
    Both("没有 archive.yml", "There is no archive.yml"),
    Both(
        "没有 {path}，不知道这是谁的档案。",
        "there is no {path}, so nobody knows whose archive this is.",
    ),
    Both(
        "新建它，写上 title、organisation 和 period。",
        "create it with title, organisation and period.",
    ),
    Both(
        "书名、机构和起止时间写在 archive.yml 里。",
        "Title, organisation and period stand in archive.yml.",
    ),
)

SHARED_CODES: tuple[Code, ...] = (
    YML001, YML002, YML003, YML004, YML005, YML006, YML007, YML008, YML009, YML010, YML011,
    FLD001, FLD002, FLD003, FLD004, FLD005, IDN001, IDN002, IDN003, IDN004, IDN005, IDN006, REF001, DAT001, DAT002, DAT003, DAT004,
    QTY001, IMG001, IMG002, IMG003, IMG004, IMG005, IMG006, EXP001, SET001, SET002,
)  # fmt: skip
