"""The words of the vocabularies as people write them, for labels over a table or a chart; no counting, no SQL."""

from collections.abc import Mapping, Sequence

from service.store.enums import (
    AgreementKind,
    AttributionRole,
    Curation,
    EntryKind,
    EventType,
    FactKind,
    Factuality,
    InvitationResponse,
    Medium,
    MeetingFormat,
    MeetingLevel,
    MeetingOutcome,
    MeetingPhase,
    MeetingSetting,
    MeetingStatus,
    Modality,
    PassageRole,
    QuadClass,
    QuoteForm,
    Rank,
    SourceKind,
    Vocabulary,
    require_each,
)
from service.store.wording.dates import MONTHS
from service.store.wording.words import EVENTS, LANGUAGES, VALUES, Words

Labels = Mapping[str, str]
"""What stands in each of LANGUAGES."""


def _value(value: str, english: str | None = None) -> Words:
    # The store's labels keep the contract's spelling in English, a heading does not.
    return (english or value.lower().replace("_", " "), *VALUES[value][1:])


def _values(terms: type[Vocabulary]) -> dict[str, Words]:
    return {term.value: _value(term.value) for term in terms}


def _in_a_row(words: Words) -> Words:
    english, german, korean, russian = words
    return english.lower(), german, korean, russian.lower()


_ENTRIES: Mapping[str, Words] = {
    "PERSON": ("people", "Personen", "인물", "люди"),
    "ORGANISATION": ("organisations", "Organisationen", "기관", "организации"),
    "COUNTRY": ("states", "Staaten", "국가", "государства"),
    "PLACE": ("places", "Orte", "장소", "места"),
    "SUMMIT": ("summits", "Gipfel", "정상회담", "саммиты"),
    "TALKS": _value("TALKS"),
    "QUOTE": ("quotes", "Zitate", "발언", "цитаты"),
    "EVENT": ("events", "Ereignisse", "사건", "события"),
    "INVITATION": ("invitations", "Einladungen", "초청", "приглашения"),
    "AGREEMENT": ("agreements", "Vereinbarungen", "합의", "соглашения"),
    "OFFICE": ("offices", "Ämter", "직위", "должности"),
    "RELATIONSHIP": ("relationships", "Beziehungen", "관계", "отношения"),
    "SOURCE": ("sources", "Quellen", "출처", "источники"),
    "CLAIM": ("claims", "Angaben", "진술", "утверждения"),
    "CONFLICT": ("conflicts", "Widersprüche", "불일치", "расхождения"),
}

# Several types share a mode's spelling (expel, meet, withdraw): its word fits each of them.
_MODES: Mapping[str, Words] = {
    "visit": _value("VISIT"),
    "third-party": ("in a third country", "in einem Drittland", "제3국 개최", "в третьей стране"),
    "multilateral": _value("MULTILATERAL", "multilateral meeting"),
    "phone": ("by phone or letter", "per Telefon oder Brief", "전화·서한", "по телефону или письмом"),
    "withdraw": ("withdrawal", "Rückzug", "철수", "уход"),
    "release": ("release", "Freilassung", "석방", "освобождение"),
    "disarm": ("disarmament", "Abrüstung", "무장 해제", "разоружение"),
    "ceasefire": ("ceasefire", "Waffenruhe", "휴전", "прекращение огня"),
    "access": ("access", "Zugang", "접근 허용", "допуск"),
    "resign": ("resignation", "Rücktritt", "사임", "отставка"),
    "assist": ("assistance", "Unterstützung", "지원", "помощь"),
    "change": ("change of policy", "Kurswechsel", "정책 변화", "смена курса"),
    "yield": ("concessions", "Zugeständnisse", "양보", "уступки"),
    "meet": _value("MEETING"),
    "disapprove": ("criticism", "Kritik", "비판", "критика"),
    "investigate": ("investigation", "Untersuchung", "조사", "расследование"),
    "allege": ("allegation", "Anschuldigung", "혐의 제기", "обвинение"),
    "restrict": ("restrictions", "Einschränkungen", "제한", "ограничения"),
    "arrest": ("arrest", "Festnahme", "체포", "арест"),
    "relations": ("suspension of relations", "Aussetzung der Beziehungen", "관계 중단", "приостановка отношений"),
    "expel": ("expulsion", "Ausweisung", "추방", "высылка"),
    "territory": ("seizure of territory", "Gebietsbesetzung", "영토 점령", "захват территории"),
    "violence": ("violence", "Gewalt", "폭력", "насилие"),
    "demo": ("demonstration", "Demonstration", "시위", "демонстрация"),
    "riot": ("riot", "Ausschreitungen", "폭동", "беспорядки"),
    "strike": ("strike", "Streik", "파업", "забастовка"),
    "hunger": ("hunger strike", "Hungerstreik", "단식 투쟁", "голодовка"),
    "boycott": ("boycott", "Boykott", "보이콧", "бойкот"),
    "obstruct": ("obstruction", "Blockade", "통행 방해", "блокирование"),
    "convict": ("conviction", "Verurteilung", "유죄 판결", "обвинительный приговор"),
    "discontinue": ("curtailed exchanges", "Einschränkung des Austauschs", "교류 축소·중단", "свёртывание связей"),
    "troops": ("troops", "Truppen", "병력", "войска"),
    "weapons": ("weapons", "Waffen", "무기", "оружие"),
    "police": ("police", "Polizei", "경찰", "полиция"),
    "militia": ("militia", "Miliz", "민병대", "ополчение"),
    "seize": ("search or seizure", "Razzia oder Beschlagnahme", "압수·수색", "обыск или конфискация"),
    "censor": ("censorship", "Zensur", "검열", "цензура"),
    "curfew": ("curfew", "Ausgangssperre", "통행금지", "комендантский час"),
    "martial-law": ("martial law", "Kriegsrecht", "계엄령", "военное положение"),
    "deport": ("deportation", "Abschiebung", "강제 퇴거", "депортация"),
    "withhold": ("supplies cut off", "Versorgungssperre", "공급 차단", "прекращение снабжения"),
    "misinformation": ("misinformation", "Desinformation", "허위 정보", "дезинформация"),
    "cyber": ("cyberattack", "Cyberangriff", "사이버 공격", "кибератака"),
    "abduct": ("abduction", "Entführung", "납치", "похищение"),
    "beat": ("beating", "Prügel", "구타", "избиение"),
    "torture": ("torture", "Folter", "고문", "пытки"),
    "targeted": ("targeted killing", "gezielte Tötung", "표적 살해", "целенаправленное убийство"),
    "destroy": ("destruction", "Zerstörung", "파괴", "разрушение"),
    "firearms": ("firearms", "Schusswaffen", "총기", "огнестрельное оружие"),
    "explosives": ("explosives", "Sprengsätze", "폭발물", "взрывчатка"),
    "aerial": ("air attack", "Luftangriff", "공습", "авиаудар"),
    "heavy-weapons": ("heavy weapons", "schwere Waffen", "중화기", "тяжёлое вооружение"),
    # The manual's own list: chemical, biological, radiation and nuclear weapons.
    "unconventional": (
        "weapons of mass destruction",
        "Massenvernichtungswaffen",
        "대량살상무기",
        "оружие массового поражения",
    ),
}

_VOCABULARIES: Mapping[type[Vocabulary], Mapping[str, Words]] = {
    EntryKind: _ENTRIES,
    FactKind: {key: words for key, words in _ENTRIES.items() if key in FactKind.__members__},
    MeetingLevel: {
        "LEADERS": ("leaders", "Staatsspitzen", "정상급", "лидеры"),
        "MINISTERS": ("ministers", "Minister", "장관급", "министры"),
        "ENVOYS": ("envoys", "Gesandte", "특사급", "посланники"),
        "OFFICIALS": ("officials", "Beamte", "실무급", "чиновники"),
    },
    MeetingFormat: {**_values(MeetingFormat), "MULTILATERAL": _MODES["multilateral"]},
    MeetingStatus: _values(MeetingStatus),
    MeetingPhase: {
        "PLANNED": ("planned", "geplant", "예정", "запланировано"),
        "UNDERWAY": _value("IN_PROGRESS", "under way"),
        "HELD": _value("HELD"),
        "OFF": ("off", "ausgefallen", "무산됨", "не состоялось"),
    },
    MeetingOutcome: _values(MeetingOutcome),
    MeetingSetting: {
        **_values(MeetingSetting),
        "MULTILATERAL": ("multilateral", "multilateral", "다자", "многосторонняя"),
    },
    QuoteForm: {
        "DIRECT": ("direct quote", "wörtliches Zitat", "직접 인용", "прямая цитата"),
        "PARTIAL": ("partial quote", "Teilzitat", "부분 인용", "частичная цитата"),
        "TERM": ("quoted term", "zitierter Begriff", "단어 인용", "слово в кавычках"),
        "INDIRECT": ("reported speech", "indirekte Rede", "간접 인용", "косвенная речь"),
    },
    Medium: {
        "IN_PERSON": ("in person", "persönlich", "대면", "лично"),
        "SPEECH": ("speech", "Rede", "연설", "речь"),
        "STATEMENT": ("statement", "Stellungnahme", "성명", "заявление"),
        "PRESS_CONFERENCE": ("press conference", "Pressekonferenz", "기자회견", "пресс-конференция"),
        "INTERVIEW": ("interview", "Interview", "인터뷰", "интервью"),
        "AGENCY_REPORT": ("agency report", "Agenturmeldung", "통신사 보도", "сообщение агентства"),
        "LETTER": ("letter", "Brief", "서한", "письмо"),
        "SOCIAL_MEDIA": ("social media", "soziale Medien", "소셜미디어", "соцсети"),
        "CALL": _value("CALL"),
        "UNKNOWN": _value("UNKNOWN"),
        "NONE": ("deed, not words", "Tat, keine Worte", "말이 아닌 행동", "действие без слов"),
    },
    InvitationResponse: _values(InvitationResponse),
    AgreementKind: _values(AgreementKind),
    EventType: {event_type: _in_a_row(words) for event_type, words in EVENTS.items()},
    QuadClass: {
        "VERBAL_COOPERATION": (
            "cooperation in words",
            "Kooperation in Worten",
            "말을 통한 협력",
            "вербальное сотрудничество",
        ),
        "MATERIAL_COOPERATION": (
            "cooperation in deeds",
            "Kooperation in Taten",
            "행동을 통한 협력",
            "материальное сотрудничество",
        ),
        "VERBAL_CONFLICT": ("conflict in words", "Konflikt in Worten", "말을 통한 갈등", "вербальный конфликт"),
        "MATERIAL_CONFLICT": ("conflict in deeds", "Konflikt in Taten", "행동을 통한 갈등", "материальный конфликт"),
    },
    Modality: {
        "ACTUAL": ("happened", "geschehen", "실제 발생", "произошло"),
        "HISTORICAL": ("told in retrospect", "rückblickend", "과거 회고", "в ретроспективе"),
        "FUTURE": ("still to come", "bevorstehend", "향후 예정", "предстоит"),
        "HYPOTHETICAL": ("hypothetical", "hypothetisch", "가정", "гипотетически"),
        "NEGATED": ("did not happen", "nicht geschehen", "발생하지 않음", "не произошло"),
    },
    Rank: {
        "PREFERRED": ("preferred", "bevorzugt", "우선", "предпочтительный"),
        "NORMAL": ("normal", "normal", "일반", "обычный"),
        "DEPRECATED": ("deprecated", "verworfen", "배제", "отклонённый"),
    },
    Factuality: {
        "CERTAIN": ("certain", "sicher", "확실", "точно"),
        "PROBABLE": ("probable", "wahrscheinlich", "가능성 높음", "вероятно"),
        "POSSIBLE": ("possible", "möglich", "가능성 있음", "возможно"),
        "UNCOMMITTED": ("not vouched for", "ohne Gewähr", "미확인", "без подтверждения"),
        "DENIED": ("denied", "verneint", "부인", "опровергнуто"),
    },
    SourceKind: {
        "ARTICLE": ("articles", "Artikel", "기사", "статьи"),
        "OFFICIAL_RECORD": ("official records", "amtliche Dokumente", "공식 기록", "официальные документы"),
        "POST": ("posts", "Beiträge in sozialen Medien", "소셜미디어 게시물", "посты в соцсетях"),
        "RECORDING": ("recordings", "Aufzeichnungen", "녹음·녹화", "записи"),
        "TRANSCRIPT": ("transcripts", "Abschriften", "녹취록", "стенограммы"),
        "DATASET": ("data sets", "Datensätze", "데이터셋", "наборы данных"),
    },
    Curation: {
        "CURATED": ("curated", "redaktionell erfasst", "편집자 기록", "внесено редактором"),
        "IMPORTED": ("imported", "importiert", "자동 수집", "импортировано"),
        "REVIEWED": ("imported, reviewed", "importiert, geprüft", "자동 수집 후 검토", "импортировано, проверено"),
    },
    AttributionRole: {
        "UTTERER": ("origin", "Urheber", "최초 발언자", "первоисточник"),
        "WITNESS": ("witness", "Zeuge", "목격자", "свидетель"),
        "RELAY": ("intermediary", "Übermittler", "전달자", "посредник"),
        "AGENCY": ("news agency", "Nachrichtenagentur", "통신사", "информагентство"),
        "OUTLET": ("outlet", "Medium", "매체", "СМИ"),
        "TRANSLATOR": ("translator", "Übersetzer", "번역자", "переводчик"),
    },
    PassageRole: {
        "BODY": ("running text", "Fließtext", "본문", "основной текст"),
        "HEADLINE": ("headline", "Überschrift", "제목", "заголовок"),
        "TEASER": ("teaser", "Anreißer", "요약문", "анонс"),
        "CAPTION": ("caption", "Bildunterschrift", "사진 설명", "подпись к фото"),
        "PULL_QUOTE": ("pull quote", "hervorgehobenes Zitat", "발췌 인용문", "врезка"),
        "BOILERPLATE": ("credits and links", "Vermerke und Links", "출처 표기·링크", "выходные данные и ссылки"),
    },
}
for _vocabulary, _rows in _VOCABULARIES.items():
    require_each(_rows, "_VOCABULARIES of schema/words.py", _vocabulary)

_HEARSAY: Mapping[str, Words] = {
    "true": ("hearsay", "vom Hörensagen", "전해 들은 말", "с чужих слов"),
    "false": ("first-hand", "aus erster Hand", "직접 들은 말", "из первых рук"),
}
_BY_NAME: Mapping[str, Mapping[str, Words]] = {
    **{vocabulary.__name__: rows for vocabulary, rows in _VOCABULARIES.items()},
    "Mode": _MODES,
    "Hearsay": _HEARSAY,
}


def _labels(words: Words) -> Labels:
    return dict(zip(LANGUAGES, words, strict=True))


WORDS: Mapping[str, Mapping[str, Labels]] = {
    name: {key: _labels(words) for key, words in rows.items()} for name, rows in _BY_NAME.items()
}
"""By vocabulary and key: the word in each of LANGUAGES; Mode has PLOVER's spellings, Hearsay true and false."""

PERIODS: Mapping[str, Sequence[Labels]] = {
    "MONTH": [
        _labels((f"{english} %s", f"{german} %s", f"%s년 {n}월", f"{russian} %s г."))
        for n, (english, german, russian) in enumerate(zip(MONTHS["en"], MONTHS["de"], MONTHS["ru"], strict=True), 1)
    ],
    "QUARTER": [
        _labels((f"Q{n} %s", f"{n}. Quartal %s", f"%s년 {n}분기", f"{n}-й квартал %s г.")) for n in range(1, 5)
    ],
    "YEAR": [_labels(("%s", "%s", "%s년", "%s г."))],
}
"""By period, in the order of the year: a template in each of LANGUAGES, its one `%s` the year."""
