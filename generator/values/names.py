"""Whether a text looks like the name of a person. Pure; knows nobody's name.

A heuristic for Chinese names (a surname and one or two characters, or a form of address) and for
names in Latin letters; a description such as 一位居民 or `a resident` is none. The surnames are the
hundred most frequent of 《二〇二〇年全国姓名报告》 (Ministry of Public Security) and the common
double ones.
"""

import re

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁"
    "任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严"
    "欧莫孔向汤"
)
_DOUBLE = "欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯"
_ADDRESSES = (
    "先生|女士|小姐|太太|阿姨|大爷|大妈|大姐|大哥|大叔|大婶|爷爷|奶奶|婆婆|伯伯|叔叔|师傅|老师|医生|"
    "护士|主任|书记|队长|组长|经理|老板|工|总|某某|某|姐|哥|婶|嫂|爹|姨"
)
_HAN = "\u3400-\u9fff"
SURNAME = f"(?:{_DOUBLE}|[{_SURNAMES}])"
"""A surname, as part of a regular expression."""
ADDRESSED = f"(?:{SURNAME}(?:{_ADDRESSES})|[小老阿]{SURNAME})"
"""A person as they are addressed (王阿姨, 老李), as part of a regular expression."""
_CHINESE = re.compile(f"{ADDRESSED}|{SURNAME}[{_HAN}]{{1,2}}|[{_HAN}]{{1,6}}·[{_HAN}·]{{1,12}}")
_LATIN = re.compile(r"[A-Z][a-zà-ÿ'-]+(?: [A-Z][a-zà-ÿ'.-]*)+")


def looks_like_a_name(text: str) -> bool:
    """Tell whether the whole text is most likely a person's name, not a description of them."""
    return _CHINESE.fullmatch(text) is not None or _LATIN.fullmatch(text) is not None
