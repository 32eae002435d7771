"""Words that tell nothing of what is looked for, question words among them, by language.

None is a word of weight in another language or a part of a name: war, il and un are none.
"""

STOP_WORDS = {
    "de": """
        ab aber alle allem allen aller alles als also am andere anderen auch auf aus bei beim bekannt bereits bevor bis
        bisher da dabei damals damit dann das dass dazu dem den denen der deren des dessen die diese diesem diesen
        dieser dieses doch durch ein eine einem einen einer eines er erwähnen erwähnt es etwa fand für gab genannt
        geschah haben hat hatte hatten heißt hier ich ihm ihr ihre ihrem ihren ihrer im ist jede jedem jeden jeder jedes
        kann kein keine keinen konnte laut man mehr mit nach nachdem nenne nennen nicht noch nur ob oder passiert schon
        sehr sein seine seinem seinen seiner seit sich sie sind so soll sollte sondern soweit statt stattfand
        stattgefunden trotz um und uns unter viele von vor wann waren warum was wegen weil weiß welche welchem welchen
        welcher welches wem wen wenn wer werden weshalb wessen wie wieso wieviel wir wird wissen wo wofür woher wohin
        wollte womit worüber wovon wozu wurde wurden während zeige zu zum zur zwischen über
    """,
    "en": """
        a about according after all also an and any are as at be because been before being between both but by can could
        did do does during each even ever for from had happen happened happens has have he her his how if in into is it
        its itself know known list literally many me mention mentioned mentions more most much my named no not now of on
        only or other our out over same she should show since so some such take taken than that the their them then
        there these they this those through to too took under until up upon very was we were what when where which who
        whom whose why will with within without would you your
    """,
    "fr": """
        après au aussi aux avait avant avec avoir ce cela ces cette chez comment dans de du elle elles en entre est et
        ils la le les leur leurs lieu lors mentionné même ne nous ont où par pas plus pour pourquoi qu quand que quel
        quelle quelles quels qui quoi sans se selon ses sont sur tous tout toute toutes très une vous été être
    """,
    "ru": """
        а без бы был была были было в во все всех всё где даже для до его ее еще ещё её же и из известно или им ими их к
        как какая какие какой кем ко когда кого кому кто куда ли лишь между мы на назвал назван нам нас не него ней нет
        неё них но о об он она они от откуда перед по под после почему при про с сам себя сколько со так также там то
        тоже той том тот ту тут у уже упомянут чего чем что чтоб чтобы эта этих это этого этой этом этот эту
    """,
    "ko": """
        그 누가 누구 누구를 누구와 등 무엇 무엇을 및 어느 어디 어디서 어디에서 어떤 어떻게 언제 왜 이 저
    """,
    "zh": """
        的 了 和 是 在 与 誰 谁 何 什么
    """,
}
