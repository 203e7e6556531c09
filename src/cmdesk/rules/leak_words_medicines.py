"""Medicines of psychiatry and addiction medicine, by generic name and by brand, in two languages.

For the leak check alone. Brands that are everyday words are left out, such as Sonata and Serenade.
"""

from typing import Final

_LISTED: Final = """
    acamprosate adzenys alprazolam amantadine ambien amitriptyline amphetamine amphetamines
    anafranil aplenzin armodafinil asenapine atarax atomoxetine austedo auvelity azstarys belsomra
    benztropine brexpiprazole brixadi buspar buspirone campral caplyta carbamazepine cariprazine
    catapres celexa chantix chlordiazepoxide chlorpromazine citalopram clobazam clomipramine
    clonidine clozapine clozaril cogentin concerta contrave cymbalta dayvigo daytrana depakene
    depakote desipramine desvenlafaxine deutetrabenazine dexedrine dexmethylphenidate
    dextroamphetamine diazepam disulfiram divalproex donepezil doxepin duloxetine effexor elavil
    emsam equetro eskalith esketamine eszopiclone evekeo fanapt fetzima fluphenazine fluvoxamine
    focalin gabapentin geodon guanfacine halcion haldol haloperidol hydroxyzine iloperidone
    imipramine inderal ingrezza intuniv invega isocarboxazid jornay kapvay ketamine klonopin
    latuda lemborexant levomilnacipran librium lisdexamfetamine lithobid lofexidine loxapine
    lucemyra lumateperone lunesta lurasidone luvox lybalvi lyrica maprotiline memantine metadate
    methadose methylin mirtazapine modafinil molindone mydayis nardil neurontin norpramin
    nortriptyline nuplazid nuvigil oxazepam oxcarbazepine paliperidone pamelor parnate paroxetine
    paxil perphenazine perseris phenelzine phenobarbital pimavanserin pimozide prazosin pregabalin
    pristiq prolixin propranolol protriptyline provigil qelbree quillivant quviviq ramelteon
    remeron restoril revia rexulti risperdal rozerem saphris selegiline semaglutide silenor
    spravato stelazine strattera sublocade suboxone subutex suvorexant symbyax tegretol temazepam
    tenex thioridazine thiothixene thorazine tofranil topamax topiramate tranylcypromine triazolam
    trifluoperazine trileptal trintellix uzedy valbenazine valium valproate valproic varenicline
    venlafaxine viibryd vilazodone viloxazine vistaril vivactil vortioxetine vraylar xyrem
    zaleplon ziprasidone zolpidem zolpimist zubsolv zulresso zuranolone zurzuvae zyban zyprexa
    acamprosato amitriptilina anfetamina anfetaminas aripiprazol atomoxetina buspirona
    carbamazepina clonidina clomipramina clorpromazina clozapina clordiazepoxido desvenlafaxina
    duloxetina doxepina escitalopram fluoxetina fluvoxamina gabapentina guanfacina hidroxicina
    hidroxizina imipramina lamotrigina lisdexanfetamina litio lurasidona metilfenidato mirtazapina
    modafinilo naltrexona nortriptilina olanzapina oxcarbazepina paliperidona paroxetina
    pregabalina quetiapina risperidona sertralina topiramato trazodona valproico vareniclina
    venlafaxina vortioxetina ziprasidona
"""
MEDICINES: Final = tuple(_LISTED.split())

__all__ = ["MEDICINES"]
