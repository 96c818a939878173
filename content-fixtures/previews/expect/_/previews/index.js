vaultsite.previews({shards:1,version:"8809ee0e54",style:"_/previews-HASH.css",label:"Preview"});
