vaultsiteGraph.index({"kinds":[["person","Person","People"],["customer","Customer","Customers"],["project","Project","Projects"],["meeting","Meeting","Meetings"],["transcript","Transcript","Transcripts"],["note","Note","Other notes"]],
"texts":{"label":"Graph of the linked notes","hint":"Choose a note to see what it is linked with; choose it again to open it.","keys":"Arrow keys go from note to note, Enter opens, plus and minus zoom, 0 shows all, Escape lets go.","find":"Find a note","kinds":"Kinds of notes","tag":"Tag","any":"All tags","in":"Zoom in","out":"Zoom out","whole":"Show all","close":"Close","links_one":"1 link","links_many":"{n} links","more_one":"1 more on the page","more_many":"{n} more on the page","failed":"The graph could not be loaded."},
"tags":["crew","crew/deck","kiel","odd"],
"buckets":0,
"nodes":[
["Night Berths","projects/night-berths.html",2,-5,-24,5,[]],
["Kiel Ferries","customers/kiel-ferries.html",1,-7,36,4,[2]],
["Oda Brekke","people/oda-brekke.html",0,56,20,4,[1,0,2]],
["Jonas Falk","people/jonas-falk.html",0,73,-40,3,[0]],
["2026-01-12 - Berths at night","meetings/2026-01-12-berths-at-night.html",3,39,-19,4,[]],
["Tide table","notes/tide-table.html",5,-77,37,2,[]],
["\u003c/script>\u003cimg src=x onerror=alert(1)>\" onmouseover=\"alert(2)","notes/vexed.html",5,-79,-10,2,[3]]],
"links":[[1,2,3,4,6],[2,4,5],[3,4],[4],[],[6],[]]});
