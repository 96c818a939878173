vaultsite.previews({shards:1,version:"9a2a033a58",style:"_/previews-HASH.css",label:"Preview"});
