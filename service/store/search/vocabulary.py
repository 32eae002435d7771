"""Words of diplomacy that mean the same in the languages of a search: who asks in one finds what is told in another.

A line is one meaning: German; English; French; Russian; Korean. Of what a stemmer leads back to one stem one form
stands here, and what it does not, such as `traf`, stands beside it. One line holds one thing and what it is called,
not what is near to it.
"""

from collections.abc import Callable, Mapping

from service.store.search.folding import key
from service.store.search.lexemes import MEANING
from service.store.search.stemming import Change

LANGUAGES = ("de", "en", "fr", "ru", "ko")

MEANINGS = """
gipfel gipfeltreffen; summit; sommet; саммит; 정상회담
treffen traf trafen trifft getroffen begegnung; meeting met; rencontre rencontrés rencontré;\
    встреча встретился встретилась встретились встретиться встречались; 회담 만남 만나 만난 만났
gespräch sprach sprachen gesprochen spricht; talks speak spoke spoken; entretien pourparlers; переговоры; 대화
verhandlung; negotiation; négociation; ; 협상
besuch; visit; visite; визит; 방문
reise; journey travel trip; voyage; поездка; 여행
einladung lud luden lädt eingeladen einladen einlädt; invitation invite; invitation inviter invité;\
    приглашение пригласил пригласила пригласили пригласить приглашает; 초청 초대
brief schreiben; letter; lettre; письмо письма; 편지 서한
zitat sagte sagten gesagt sagt sagen worte; quote say said; citation dit disait;\
    цитата сказал сказала сказали слова; 인용 말했 발언
einigung einigten abkommen vereinbarung; agreement deal agree; accord; соглашение договорённость; 합의 협정
vertrag; treaty; traité; договор; 조약
erklärung; statement declaration; déclaration; заявление; 성명 선언
forderung fordert gefordert; demand; exigence; требование; 요구
angebot bot anbieten angeboten; offer; offre; предложение; 제의 제안
zusage verpflichtung versprechen versprach; commitment promise; engagement promesse; обещание обязательство; 약속
ablehnung lehnte ablehnen abgelehnt weigerung verweigert; refusal refuse reject decline; refus refuser; отказ; 거부 거절
absage abgesagt absagen; cancelled cancel cancellation; annulé annuler annulation; отменил отменён отмена; 취소
vorwurf beschuldigung; accusation accuse; accusation accuser; обвинение; 비난
kritik kritisiert; criticism criticise; critique critiquer; критика; 비판
lob lobt gelobt; praise; éloge louer; похвала; 칭찬
drohung droht bedroht; threat threaten; menace menacer; угроза; 위협
beleidigung beschimpft; insult; insulte; оскорбление; 모욕
sanktion; sanction; sanction; санкция; 제재
test getestet; test; essai; испытание; 시험
rakete; missile rocket; missile fusée; ракета; 미사일
waffe; weapon arms; arme; оружие; 무기
atom nuklear atomar kern; nuclear atomic; nucléaire atomique; ядерный; 핵
denuklearisierung; denuclearisation; dénucléarisation; денуклеаризация; 비핵화
abrüstung; disarmament; désarmement; разоружение; 군축
krieg; war; guerre; война; 전쟁
frieden; peace; paix; мир; 평화
waffenstillstand waffenruhe; armistice ceasefire truce; armistice trêve; перемирие; 정전 휴전
entspannung; détente; détente; разрядка; 긴장완화
annäherung; rapprochement; rapprochement; сближение; 화해
sicherheit; security; sécurité; безопасность; 안전 안보
garantie; guarantee; garantie; гарантия; 보장
zusammenarbeit; cooperation; coopération; сотрудничество; 협력
beziehung verhältnis; relations relationship; relation; отношение; 관계
soldat; soldier; soldat; солдат; 군인
kriegsgefangene kriegsgefangener; pow; prisonnier; военнопленный; 포로
grenze; border; frontière; граница; 국경
zug; train; train; поезд; 열차 기차
eisenbahn bahn; railway railroad; ferroviaire; железнодорожный железных; 철도
panzer gepanzert; armoured; blindé; бронированный; 장갑
flugzeug flug; flight plane aircraft; avion vol; самолёт; 비행기
essen abendessen; dinner meal; dîner repas; ужин; 만찬
liebe; love; amour; любовь; 사랑
freund; friend; ami; друг; 친구
arbeiter; worker; travailleur ouvrier; рабочий; 노동자
präsident; president; président; президент; 대통령
minister; minister; ministre; министр; 장관
diktator; dictator; dictateur; диктатор; 독재자
machthaber anführer; leader ruler; dirigeant; лидер руководитель; 지도자
geheimdienst; intelligence; renseignement; разведка; 정보기관
partei; party; parti; партия; 당
regierung; government; gouvernement; правительство; 정부
ministerium; ministry; ministère; министерство; 외무성
nachrichtenagentur; agency; agence; агентство; 통신
scheitern gescheitert scheiterte geplatzt platzte; fail failure; échec échoué; провал; 결렬 실패
ergebnis; result outcome; résultat; результат; 결과
grund; reason; raison; причина; 이유
abgehalten; hold held; tenu; состоялся состоялась; 열렸
entsandt geschickt; send sent; envoyé envoyer; направлен направил; 파견
angenommen annahme; accept acceptance; accepté accepter; принял согласился; 수락
verschoben aufgeschoben; postponed deferred; reporté ajourné; отложен отложил; 연기
plan geplant; plan; prévu; план запланирован; 예정
erste erster; first; premier première; первый первая; 첫
zweite zweiter; second; second deuxième; второй вторая; 두
botschafter; ambassador; ambassadeur; посол; 대사
delegation; delegation; délégation; делегация; 대표단
konferenz; conference; conférence; конференция; 회견
bericht; report; rapport; сообщение; 보도
artikel; article; article; статья; 기사
quelle; source; source; источник; 출처
dokument; document; document; документ; 문서
medien; media; médias; сми; 언론
militär militärisch; military; militaire; военный; 군사
wirtschaft wirtschaftlich; economic economy; économique économie; экономика экономический; 경제
hilfe; aid help; aide; помощь; 원조 지원
streit; dispute; différend; спор; 갈등
hegemonie; hegemony; hégémonie; гегемония; 패권
halbinsel; peninsula; péninsule; полуостров; 반도
insel; island; île; остров; 섬
russland russisch; russia russian; russie russe; россия россию российский русский; 러시아
korea koreanisch; korea korean; corée coréen; корея корее корейский; 조선 한반도
nordkorea nordkoreanisch; dprk;; кндр северокорейский; 북한
südkorea südkoreanisch; rok;; южнокорейский; 한국
usa amerika amerikanisch; usa us america american; américain amérique; сша американский америка; 미국
china chinesisch; china chinese; chine chinois; китай китайский; 중국
japan japanisch; japan japanese; japon japonais; япония японский; 일본
singapur; singapore; singapour; сингапур; 싱가포르
vietnam vietnamesisch; vietnam vietnamese; vietnam vietnamien; вьетнам вьетнамский; 베트남
"""


def meanings(language: str) -> Mapping[str, str]:
    """The words of a language, each with what it means, for which the first English word stands."""
    place, english = LANGUAGES.index(language), LANGUAGES.index("en")
    lines = [[each.split() for each in line.split(";")] for line in MEANINGS.strip().splitlines()]
    return {word: line[english][0] for line in reversed(lines) for word in line[place]}


def by_stem(language: str, stem: Change, normalise: Change = str) -> Callable[[str], list[str]]:
    """What the vocabulary says of a word, by its stem: the lexeme of what it means."""
    found = {key(stem(normalise(word))): MEANING + meaning for word, meaning in meanings(language).items()}
    return lambda word: [found[stemmed]] if (stemmed := key(stem(word))) in found else []


KOREAN_MEANINGS = {word: MEANING + meaning for word, meaning in meanings("ko").items()}


def within_korean(word: str) -> list[str]:
    """Of the Korean words that a word begins with or is joined from: 취소 of 취소했나, 무기 of 핵무기."""
    found = [KOREAN_MEANINGS[each] for each in KOREAN_MEANINGS if each == word or (len(each) > 1 and each in word)]
    return list(dict.fromkeys(found))
