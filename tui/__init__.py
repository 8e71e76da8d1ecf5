"""hubscope: a keyboard explorer for the Hugging Face Hub in a terminal.

The rooms, from the bottom up; each imports only what stands before it:

    model      values that all rooms speak in; the gate for text from outside
    hub        the wire: what is asked, how answers are read, how much may be asked (http: httpx2)
    store      SQLite: cache (disposable), library and history (never pruned)
    analysis   what follows from rows; no I/O but the tables in analysis/data, no clock
    ask        questions, each an async generator of View: stored rows first, then the Hub's.
               The only room that calls hub and store
    render     values to spans of (text, role)         output   what leaves the program: json, csv …
    widgets    spans to the terminal; messages          screens, commands   ask, then show or print
    sample     a transport that answers from bundled, dated facts

The words:

    repo id         ``owner/name`` of a model, dataset or Space
    pipeline tag    the task that the Hub files a model under
    base model      the repo that a model declares it was made from
    relation        how: finetune, adapter, quantized, merge, or unknown
    derivative      a repo that declares a base; of a family: by somebody else
    root            a repo at the upper end of declared bases
    family          the repos of one maker that belong together (analysis/registry), by id pattern
    first party     repos of the family's own organisations
    origin          the country of a repo's roots, of the nearest lab above it, or of its uploader
    lens            the switches behind every family figure: origin, relations, walk, credit, …
    credit          multi: a repo counts once in each family it touches; fractional: in parts
    measure         a figure with its kind, bound, error, coverage, definition and requests
    kind            exact, edges, lower_bound, estimate or unknown
    tier            how much is fetched for a figure: 0 own lists, 1 counts, 2 the derivatives
    look            a list or a page as it was at one time; snapshot: a dated look that is kept
    30-day downloads  the Hub's rolling count; it also falls
    claim           a statement of the press with its definitions; verdict: holds, fails, depends
    census          a row of every public model, and its lineage, in one file for a date
    view            one answer of an ask, with its age, source and troubles
"""

__version__ = "0.1.0"
