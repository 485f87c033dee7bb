"""Which legacy encoding bytes are in: only when one reads as language and no other does nearly as well."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

_SAMPLE_BYTES = 60_000
_MARGIN = 0.05
_MARGIN_OF_LANGUAGE = 0.03
_ENOUGH = 0.75
_MOST_BAD = 0.34
_WESTERN = "éèàçäöüßñáíóúâêîôãõåæøëïûùœÉÀÇÄÖÜÑÁÓ“”‘’–—…«»€§°·"
_CENTRAL = "ąćęłńóśźżáčďéěíňřšťúůýžőűăâîşţöüäßĄĆĘŁŃÓŚŹŻČŘŠŽÁÍÖÜ„”“’–—…«»"
_TURKISH = "çğıöşüâîûÇĞİÖŞÜ“”‘’–—…«»"
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэёіїєґОЕАИНТСРВЛКМДПУЯГЗБЧШЮЦЭІЇЄ«»“”–—№"
_NEVER_TURKISH = frozenset("áíóúæÁÍÓÚÆ")  # Icelandic, whose ð and þ stand where Turkish has ğ and ş
_LATIN = (_WESTERN, _CENTRAL, _TURKISH)
_CYRILLIC_VOWELS = frozenset("аеиоуыэюяіїєАЕИОУЭЮЯІЇЄ")
_ARABIC = "اليمونترهبدسعكفقحجةطصخشىضذأإءئغزثظؤآپچژگیک،؟؛«»ًٌَُِّْ"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώΑΕΗΙΟΤΝΣΡΚΛΜΠΔΓ«»“”–·"
_HEBREW = "אבגדהוזחטיכךלמםנןסעפףצץקרשת״׳“”–"
_SIMPLIFIED = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等"
    "部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内"
    "数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管"
    "特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海"
    "口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确"
    "才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习"
    "响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局"
    "照参红细引听该铁价严停呼吁遵守击炮谈判协恐怖难边境外交部长发言俄罗叙利亚朝韩联合国"
)
_TRADITIONAL = (
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經十三之進著等部度"
    "家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反"
    "你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭"
    "基資邊流路級少圖山統接知較將組見計別她手角期根論運農指幾九區強放決西被幹做必戰先回則任取據處隊南給色光門即保治北造百規熱領七海口東導器壓志世金"
    "增爭濟階油思術極交受聯什認六共權收證改清己美再採轉更單風切打白教速花帶安場身車例真務具萬每目至達走積示議聲報鬥完類八離華名確停呼籲遵守談判協"
)


@dataclass(frozen=True)
class Candidate:
    """An encoding people use: its codec, its name, and the characters its languages are mostly written in."""

    codec: str
    name: str
    usual: str = ""
    ranges: str = ""


CANDIDATES = (
    Candidate("cp1252", "Windows-1252 (western European)", _WESTERN),
    Candidate("cp1251", "Windows-1251 (Cyrillic)", _CYRILLIC),
    Candidate("koi8_r", "KOI8-R (Russian)", _CYRILLIC),
    Candidate("koi8_u", "KOI8-U (Ukrainian)", _CYRILLIC),
    Candidate("cp866", "DOS 866 (Cyrillic)", _CYRILLIC),
    Candidate("iso8859_5", "ISO 8859-5 (Cyrillic)", _CYRILLIC),
    Candidate("mac_cyrillic", "Macintosh Cyrillic", _CYRILLIC),
    Candidate("cp1250", "Windows-1250 (central European)", _CENTRAL),
    Candidate("iso8859_2", "ISO 8859-2 (central European)", _CENTRAL),
    Candidate("cp1254", "Windows-1254 (Turkish)", _TURKISH),
    Candidate("cp1253", "Windows-1253 (Greek)", _GREEK),
    Candidate("cp1255", "Windows-1255 (Hebrew)", _HEBREW),
    Candidate("cp1256", "Windows-1256 (Arabic)", _ARABIC),
    Candidate("mac_roman", "Macintosh Roman", _WESTERN),
    Candidate("gb18030", "GB18030 (Chinese, simplified)", _SIMPLIFIED + "，。、；：？！“”（）《》"),
    Candidate("big5hkscs", "Big5 (Chinese, traditional)", _TRADITIONAL + "，。、；：？！「」（）《》"),
    Candidate("cp932", "Shift-JIS (Japanese)", "、。「」・ー", "\u3041-\u30fe"),
    Candidate("euc_jp", "EUC-JP (Japanese)", "、。「」・ー", "\u3041-\u30fe"),
    Candidate("cp949", "EUC-KR (Korean)", "", "\uac00-\ud7a3"),
)
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_KANA = re.compile("[\u3041-\u30fe]")
_HAN = re.compile("[\u4e00-\u9fff]")


def guess_encoding(data: bytes) -> Candidate | None:
    """The legacy encoding of text that is not UTF-8; ``None`` when it is not certain enough to keep names right.

    >>> guess_encoding("Дата,Страна\\n2016,Россия призывает все стороны".encode("koi8-r")).name
    'KOI8-R (Russian)'
    >>> guess_encoding(bytes(range(128, 256))) is None
    True
    """
    sample = _sample(data)
    scores: dict[str, tuple[float, Candidate]] = {}
    for candidate in CANDIDATES:
        text, share_bad = _decoded(sample, candidate.codec)
        if share_bad <= _MOST_BAD and text not in scores:  # encodings that give the same text are one answer
            scores[text] = (_plausibility(text, candidate) * (1 - share_bad / 3), candidate)
    ranked = sorted(scores.values(), key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < _ENOUGH:
        return None
    rivals = [candidate for score, candidate in ranked if score > ranked[0][0] - _MARGIN]
    if len(rivals) == 1:
        return rivals[0]
    return _by_language(sample, rivals) if all(rival.usual in _LATIN for rival in rivals) else None


def _sample(data: bytes) -> bytes:
    """Lines that are not plain ASCII, from the beginning, as they tell encodings apart."""
    found, n_bytes = [], 0
    for line in data[:5_000_000].split(b"\n"):
        if not line.isascii():
            found.append(line)
            n_bytes += len(line)
            if n_bytes > _SAMPLE_BYTES:
                break
    return b"\n".join(found)


def _decoded(sample: bytes, codec: str) -> tuple[str, float]:
    """The text of the lines that can be read, and the share of those that cannot."""
    lines, n_bad = [], 0
    for line in sample.split(b"\n"):
        try:
            lines.append(line.decode(codec))
        except UnicodeDecodeError:
            n_bad += 1
    return "\n".join(lines), n_bad / (n_bad + len(lines))


def _plausibility(text: str, candidate: Candidate) -> float:
    """From 0 to 1: how much of what is not ASCII are usual characters of the languages, in words people write."""
    foreign = [c for c in text if c > "\x7f"]
    if not foreign:
        return 0.0
    usual, inside = _usual(candidate)
    share_usual = sum(c in usual or bool(inside and inside.match(c)) for c in foreign) / len(foreign)
    if candidate.codec in ("cp932", "euc_jp"):
        share_usual = _japanese(text, len(foreign))
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    share_words = sum(map(_is_written_so, words)) / len(words) if words else 0.5
    if candidate.usual is _CYRILLIC and not 0.25 < sum(c in _CYRILLIC_VOWELS for c in text) / len(foreign) < 0.6:
        share_words *= 0.5
    if candidate.usual is _TURKISH and sum(c in _NEVER_TURKISH for c in foreign) > len(foreign) * 0.1:
        share_words *= 0.5
    unheard = sum(c < "\xa0" or c in "\ufffd¤¬¦¶†‡•" or "\u2500" <= c <= "\u25ff" or "\ue000" <= c <= "\uf8ff" for c in foreign) / len(
        foreign
    )
    return max(0.0, 0.5 * share_usual**3 + 0.5 * share_words - 2 * unheard)


@cache
def _usual(candidate: Candidate) -> tuple[frozenset[str], re.Pattern[str] | None]:
    return frozenset(candidate.usual), re.compile(f"[{candidate.ranges}]") if candidate.ranges else None


def _japanese(text: str, n_foreign: int) -> float:
    """Japanese mixes kana with Chinese characters; either alone in quantity is something else read wrongly."""
    n_kana, n_han = len(_KANA.findall(text)), len(_HAN.findall(text))
    return min(1.0, (n_kana + n_han) / n_foreign) if n_kana >= n_han * 0.3 and n_kana > 1 else 0.3 * n_kana / n_foreign


def _is_written_so(word: str) -> bool:
    """Whether a word is in one script, and in one case or begins with its only capital."""
    is_latin = [c < "\u0250" for c in word]
    if any(is_latin) and not all(is_latin):
        return False
    if all(is_latin) and len(word) > 2 and not any(c.isascii() for c in word):
        return False
    return word == word.lower() or word == word.upper() or word[1:] == word[1:].lower()


def _by_language(sample: bytes, rivals: Iterable[Candidate]) -> Candidate | None:
    """The rival in which a library that knows letter frequencies finds a language; ``None`` when it finds no one better."""
    from charset_normalizer import from_bytes

    by_codec = {candidate.codec: candidate for candidate in rivals}
    found = from_bytes(sample, cp_isolation=list(by_codec), threshold=0.4)
    ranked = sorted(
        ((match.coherence, by_codec[match.encoding]) for match in found if match.encoding in by_codec), key=lambda pair: -pair[0]
    )
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN_OF_LANGUAGE:
        return None
    return ranked[0][1] if ranked and ranked[0][0] > 0.3 else None
