"""Phrases that tell a topic where one word of them would be said of any week, in two languages.

Folded as a reader's eye does: without accents, in small letters; a last word with `*` takes -s,
-ed and -ing. A word of its own stands here where the log suggests no topic by it.
"""

from collections.abc import Mapping
from typing import Final

from cmdesk.rules.topics import Topic

_PHRASES: Final[Mapping[Topic, str]] = {
    Topic.DIAGNOSIS: """
        depression, depressed, depressive, anxiety, disorder, disorders, panic attack*, manic,
        psychosis, psychotic, hypomania, hypomanic, dual diagnosis, depresion, depresivo,
        depresiva, deprimido, deprimida, ansiedad, ataque de panico, ataques de panico, psicosis,
        psicotico, psicotica, episodio maniaco""",
    Topic.TREATMENT: """
        in therapy, therapy session*, therapy group*, group therapy, individual therapy, her
        therapist, his therapist, their therapist, her therapy, his therapy, counseling session*,
        her counselor, his counselor, treatment center*, treatment program*, treatment team,
        treatment plan*, residential treatment, residential program*, inpatient, outpatient,
        psych ward, psych unit, psych hospital, mental hospital, psychotherap*, psychologist*, en
        terapia, su terapia, su terapeuta, terapeuta, terapeutas, sesion de terapia, sesiones de
        terapia, psicolog*, psicoterap*, centro de tratamiento, su tratamiento, plan de
        tratamiento, programa residencial, hospital mental""",
    Topic.MEDICATION: """
        her tablet*, his tablet*, their tablet*, sleeping tablet*, antidepressant*,
        antipsychotic*, mood stabilizer*, benzodiazepine*, sedative*, stimulant*, her injection*,
        his injection*, monthly injection*, monthly shot*, antidepresiv*, antipsicotic*,
        ansiolitic*, estabilizador del animo, sus tabletas, las tabletas, su inyeccion, inyeccion
        mensual, sus pildoras, las pildoras""",
    Topic.SAFETY: """
        cut herself, cut himself, cut themselves, cuts herself, cuts himself, cutting herself,
        cutting himself, hurt herself, hurt himself, hurts herself, hurts himself, hurting
        herself, hurting himself, harm herself, harm himself, harmed herself, harmed himself,
        harming herself, harming himself, kill herself, kill himself, kill themselves, killing
        herself, killing himself, end her life, end his life, ending her life, ending his life,
        take her life, take his life, want to die, wants to die, wanted to die, not want to live,
        se hizo dano, hacerse dano, haciendose dano, se hace dano, se lastimo, lastimarse,
        cortarse los brazos, se corto los brazos, se corto las venas, se corta los brazos,
        quitarse la vida, se quito la vida, quiere morir, queria morir, quiere morirse, ganas de
        morir""",
    Topic.SUBSTANCE_USE: """
        returned to use, return to use, returning to use, craving, cravings, drugs, drug test*,
        drug screen*, drug use, drug problem*, drug dealer*, urine test*, urine screen*, urine
        sample*, tox screen*, breathalyzer*, aa meeting*, na meeting*, aa sponsor, na sponsor,
        her sponsor, his sponsor, twelve step*, 12 step*, al anon, nar anon, alcoholics
        anonymous, narcotics anonymous, smart recovery, used again, using again, got high, gets
        high, getting high, hungover, hung over, tipsy, stopped drinking, stop drinking, started
        drinking, start drinking, quit drinking, drinking again, drank again, drink again, been
        drinking, had a drink, had a beer, had a few drinks, days clean, weeks clean, months
        clean, years clean, been clean, got clean, got drunk, in recovery, early recovery,
        recovery coach*, recovery program*, recovery meeting*, recovery house, sober living,
        halfway house, smoked weed, smoking weed, smokes weed, smoke weed, edibles, addict,
        addicts, addiction, addictions, addicted, addictive, en rehabilitacion, centro de
        rehabilitacion, clinica de rehabilitacion, a rehabilitacion, dejo de beber, dejar de
        beber, dejando de beber, volvio a beber, volver a beber, vuelto a beber, esta bebiendo,
        estuvo bebiendo, bebio, bebida alcoholica, ganas de beber, dejo de tomar alcohol, prueba
        de orina, examen de orina, antidoping, reunion de aa, reuniones de aa, reuniones de na,
        doce pasos, drogo, drogarse, drogado, drogadict*, drogada, en recuperacion, dias limpia,
        dias limpio, meses limpia, meses limpio, adicciones""",
    Topic.HOUSING: "kicked out, eviction notice, sin techo",
    Topic.EDUCATION_WORK: """
        expelled, suspended from, lost her job, lost his job, was fired, got fired, perdio su
        trabajo, perdio el trabajo, la despidieron, lo despidieron, suspendieron de""",
    Topic.LEGAL: """
        her lawyer*, his lawyer*, their lawyer*, a lawyer, the lawyer, lawyers, her attorney*,
        his attorney*, their attorney*, an attorney, the attorney, public defender*, court date*,
        court hearing*, court order*, court case*, in court, went to court, goes to court, go to
        court, going to court, family court, drug court, before a judge, before the judge, saw
        the judge, criminal charge*, pressed charges, misdemeanor*, felony, jail, prison,
        arraign*, restraining order*, lawsuit*, abogado, abogada, abogados, tribunal, tribunales,
        carcel, la corte, audiencia judicial, ante el juez, ante la jueza, el juez, la jueza,
        orden de alejamiento, libertad condicional""",
    Topic.FINANCIAL: """
        unpaid bill*, overdue bill*, past due, medical bill*, hospital bill*, outstanding
        balance*, in debt, her debt*, his debt*, owes money, owe money, owed money, insurance
        denied, insurer denied, denied coverage, not pay the bill, collections agency, deuda,
        deudas, debe dinero, cuenta sin pagar, cuentas sin pagar, saldo pendiente,
        el seguro nego""",
    Topic.TRAUMA: "beat her up, beat him up, sexual assault*, le pego, la golpeo, lo golpeo",
    Topic.REPRODUCTIVE: "birth control, morning after, missed her period",
}
PHRASES: Final[Mapping[Topic, tuple[str, ...]]] = {
    topic: tuple(" ".join(each.split()) for each in listed.split(","))
    for topic, listed in _PHRASES.items()
}

__all__ = ["PHRASES"]
